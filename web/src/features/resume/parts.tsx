// What the sections of the editor have in common: the card, adding, removing, moving, and lists of bullets.
import { Plus, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { createContext, useContext } from 'react';
import type { Resume, Schemas } from '../../api/client';
import { nextId, typed } from '../../lib/fields';
import { t } from '../../lib/i18n';
import { moveBullet, moveBulletTo, moveItem, restoreOrder } from '../../lib/order';
import { Button } from '../../ui/basics';
import { Sortable } from '../../ui/Sortable';
import { EditField } from './EditField';
import type { Change } from './editor';
import { sectionColour } from './highlight';

/**
 * A change that can be taken back. `revert` undoes only this change, on a résumé that may have been edited since. Of
 * messages with the same `key` only the last is shown.
 */
export type ChangeWithUndo = (text: string, update: (draft: Resume) => void, revert: (draft: Resume) => void, key?: string) => void;

export type SectionsProps = { resume: Resume; change: Change; changeWithUndo: ChangeWithUndo };

/** The handle by which the section around is moved. */
export const HandleContext = createContext<ReactNode>(null);

type SectionProps = { name: string; title: string; action?: ReactNode; children: ReactNode };

export function Section({ name, title, action, children }: SectionProps) {
  const handle = useContext(HandleContext);
  return (
    <section className="card section" style={{ ['--c' as string]: sectionColour(name) }} aria-label={title}>
      <div className="row spread section-head">
        <div className="row tight">
          {handle}
          <h2>{title}</h2>
        </div>
        {action}
      </div>
      {children}
    </section>
  );
}

export const Add = ({ what, onClick }: { what: string; onClick: () => void }) => (
  <Button look="quiet" slim onClick={onClick}>
    <Plus size={14} aria-hidden /> {what}
  </Button>
);

export const Remove = ({ what, onClick }: { what: string; onClick: () => void }) => (
  <button type="button" className="remove" aria-label={t('resume.remove', { what })} title={t('resume.remove', { what })} onClick={onClick}>
    <X size={14} aria-hidden />
  </button>
);

export const Nothing = () => <p className="muted">{t('resume.nothing')}</p>;

/** The parts of a résumé that are lists of things with ids. */
export type ListPart = 'work' | 'volunteer' | 'education' | 'skills' | 'projects' | 'certificates' | 'awards' | 'publications' | 'languages' | 'interests' | 'references';
type Entry<P extends ListPart> = NonNullable<Resume[P]>[number];

const listOf = (draft: Resume, part: ListPart) => (draft[part] ??= []) as { id: string }[];

/** Takes an entry out; undo puts this entry back and touches nothing else. */
export function removeEntry({ resume, changeWithUndo }: SectionsProps, part: ListPart, id: string, name: string) {
  const index = listOf(resume, part).findIndex((entry) => entry.id === id);
  const entry = listOf(resume, part)[index];
  if (!entry) return;
  changeWithUndo(
    t('resume.removed', { what: name }),
    (draft) => {
      const at = listOf(draft, part).findIndex((other) => other.id === id);
      if (at >= 0) listOf(draft, part).splice(at, 1);
    },
    (draft) => listOf(draft, part).splice(Math.min(index, listOf(draft, part).length), 0, entry),
  );
}

type EntriesProps<P extends ListPart> = SectionsProps & {
  part: P;
  nameOf: (entry: Entry<P>, index: number) => string;
  children: (entry: Entry<P>, index: number, handle: ReactNode) => ReactNode;
};

/** The entries of a section, which can be put in another order. */
export function Entries<P extends ListPart>({ part, nameOf, children, resume, changeWithUndo }: EntriesProps<P>) {
  const list = (resume[part] ?? []) as Entry<P>[];
  return (
    <Sortable
      items={list}
      idOf={(entry) => entry.id}
      nameOf={nameOf}
      onMove={(from, to) => {
        const before = list.map((entry) => entry.id);
        changeWithUndo(
          t('resume.moved', { n: to + 1, all: list.length }),
          (draft) => moveItem(listOf(draft, part), from, to),
          (draft) => restoreOrder(listOf(draft, part), before),
          'move',
        );
      }}
    >
      {children}
    </Sortable>
  );
}

type BulletsProps = Omit<SectionsProps, 'resume'> & {
  list: Schemas['Bullet'][];
  pick: (draft: Resume) => Schemas['Bullet'][] | undefined;
  entry: string;
};

export function Bullets({ list, pick, entry, change, changeWithUndo }: BulletsProps) {
  const moveTo = (from: number, to: number) => {
    const at = moveBulletTo([...list], from, to);
    if (at === from) return;
    const before = list.map((bullet) => bullet.id);
    changeWithUndo(
      t('resume.moved', { n: at + 1, all: list.length }),
      (draft) => moveBulletTo(pick(draft) ?? [], from, to),
      (draft) => restoreOrder(pick(draft) ?? [], before),
      'move',
    );
  };
  const step = (index: number, by: -1 | 1) => {
    const at = moveBullet([...list], index, by);
    if (at !== null) moveTo(index, at);
  };
  const remove = (index: number) => {
    const bullet = list[index];
    if (!bullet) return;
    changeWithUndo(
      t('resume.bullet-removed'),
      (draft) => {
        const at = pick(draft)?.findIndex((other) => other.id === bullet.id) ?? -1;
        if (at >= 0) pick(draft)?.splice(at, 1);
      },
      (draft) => pick(draft)?.splice(Math.min(index, pick(draft)?.length ?? 0), 0, bullet),
    );
  };
  return (
    <>
      <Sortable
        className="bullets"
        items={list}
        idOf={(bullet) => bullet.id}
        nameOf={(_, index) => t('resume.the-bullet', { n: index + 1, entry })}
        onMove={(from, to) => (Math.abs(to - from) === 1 ? step(from, to > from ? 1 : -1) : moveTo(from, to))}
      >
        {(bullet, index, handle) => (
          <div className="bullet" style={{ marginLeft: `${(bullet.level ?? 0) * 20}px` }}>
            {handle}
            <EditField
              label={t('resume.bullet', { n: index + 1, entry })}
              field={bullet.text}
              placeholder={t('resume.bullet.placeholder')}
              onChange={(field) => {
                if (!field) {
                  remove(index);
                  return;
                }
                change((draft) => {
                  const target = pick(draft)?.[index];
                  if (target) target.text = field;
                });
              }}
              {...(list.length > 1 && { onMove: (by: -1 | 1) => step(index, by) })}
            />
            <Remove what={t('resume.the-bullet', { n: index + 1, entry })} onClick={() => remove(index)} />
            {list.length > 1 && (
              <span className="move-hint" aria-hidden>
                <kbd>Alt</kbd> <kbd>↑</kbd> <kbd>↓</kbd> {t('resume.move-hint')}
              </span>
            )}
          </div>
        )}
      </Sortable>
      <Add what={t('resume.add.bullet')} onClick={() => change((draft) => pick(draft)?.push({ id: nextId(draft, 'b'), text: typed(t('resume.new-bullet')), level: 0 }))} />
    </>
  );
}

// The roles beside each other, best first: a strip that is swiped, or walked through by the arrow keys. Every card stands in
// the page for whoever reads it aloud; nothing is hidden by being out of sight.
import { Bookmark, ChevronLeft, ChevronRight, EyeOff } from 'lucide-react';
import type { KeyboardEvent, ReactNode } from 'react';
import { useEffect, useRef } from 'react';
import type { Schemas } from '../../api/client';
import { useMay } from '../../api/queries';
import { t, tn } from '../../lib/i18n';
import { useGlide } from '../../lib/useGlide';
import { sayName } from '../../lib/words';
import { Button, Chip } from '../../ui/basics';
import { FitRing } from '../../ui/FitRing';

type Fit = Schemas['Fit'];
type Mark = Schemas['Mark'];

/** A card that fills more of the strip than this is the only one in sight. */
const ALONE = 0.6;
const SHOWN_SKILLS = 3;

type RoleStripProps = {
  fits: Fit[];
  chosen: string;
  onChoose: (role: string) => void;
  markOf: (role: string) => Mark | null;
  onMark: (fit: Fit, mark: Mark | null) => void;
  busy: boolean;
  children?: ReactNode;
};

export function RoleStrip({ fits, chosen, onChoose, markOf, onMark, busy, children }: RoleStripProps) {
  const strip = useRef<HTMLOListElement>(null);
  useGlide(strip, fits.map(({ role }) => role).join());
  const at = Math.max(0, fits.findIndex(({ role }) => role === chosen));

  const cardOf = (role: string) => strip.current?.querySelector<HTMLElement>(`[data-key="${CSS.escape(role)}"]`);
  const go = (index: number, focus: boolean) => {
    const fit = fits[Math.min(fits.length - 1, Math.max(0, index))];
    if (!fit) return;
    onChoose(fit.role);
    const card = cardOf(fit.role);
    card?.scrollIntoView({ block: 'nearest', inline: 'center', behavior: 'smooth' });
    if (focus) card?.querySelector<HTMLElement>('.role-title')?.focus({ preventScroll: true });
  };
  const press = (event: KeyboardEvent) => {
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: fits.length - 1 }[event.key];
    if (to === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    go(to, true);
  };
  // On a phone the card that was swiped to is the chosen one.
  useEffect(() => {
    const list = strip.current;
    if (!list) return;
    const settle = () => {
      const cards = [...list.querySelectorAll<HTMLElement>('[data-key]')];
      const [first] = cards;
      if (!first || first.offsetWidth < list.clientWidth * ALONE) return;
      const middle = list.scrollLeft + list.clientWidth / 2;
      const off = (card: HTMLElement) => Math.abs(card.offsetLeft + card.offsetWidth / 2 - middle);
      const nearest = cards.reduce((best, card) => (off(card) < off(best) ? card : best), first);
      if (nearest.dataset.key) onChoose(nearest.dataset.key);
    };
    list.addEventListener('scrollend', settle);
    return () => list.removeEventListener('scrollend', settle);
  }, [onChoose]);

  return (
    <section className="role-carousel" aria-roledescription={t('roles.carousel')} aria-label={t('roles.best-first')}>
      <div className="row spread wrap">
        <p className="muted small">{tn('roles.count', fits.length)}</p>
        <div className="row tight">
          {children}
          <Button slim aria-label={t('roles.previous')} disabled={at === 0} onClick={() => go(at - 1, false)}>
            <ChevronLeft size={16} aria-hidden />
          </Button>
          <Button slim aria-label={t('roles.next')} disabled={at >= fits.length - 1} onClick={() => go(at + 1, false)}>
            <ChevronRight size={16} aria-hidden />
          </Button>
        </div>
      </div>
      <ol className="role-strip" ref={strip} aria-busy={busy}>
        {fits.map((fit) => (
          <Card key={fit.role} fit={fit} chosen={fit.role === chosen} mark={markOf(fit.role)} onChoose={() => onChoose(fit.role)} onMark={(mark) => onMark(fit, mark)} onKeyDown={press} />
        ))}
      </ol>
    </section>
  );
}

type CardProps = { fit: Fit; chosen: boolean; mark: Mark | null; onChoose: () => void; onMark: (mark: Mark | null) => void; onKeyDown: (event: KeyboardEvent) => void };

function Card({ fit, chosen, mark, onChoose, onMark, onKeyDown }: CardProps) {
  const best = [...fit.shared].sort((a, b) => Number(b.required) - Number(a.required)).slice(0, SHOWN_SKILLS);
  const rest = fit.shared.length - best.length;
  const may = useMay();
  return (
    <li className={`card role ${chosen ? 'chosen' : ''}`} data-key={fit.role}>
      <div className="role-head">
        <FitRing score={fit.score} label={t('roles.fit', { role: fit.title, n: Math.round(fit.score.total) })} />
        <div>
          <h2>
            <button type="button" className="role-title" aria-pressed={chosen} aria-keyshortcuts="ArrowLeft ArrowRight" onClick={onChoose} onKeyDown={onKeyDown}>
              {fit.title}
            </button>
          </h2>
          <p className="muted small">{sayName(fit.family)}</p>
        </div>
      </div>
      <p className="small">{fit.distance}</p>
      <ul className="chips">
        {best.map(({ skill, required }) => (
          <li key={skill}>
            <Chip tone={required ? 'good' : 'accent'}>{skill}</Chip>
          </li>
        ))}
        {rest > 0 && <li className="muted small">{t('roles.more-skills', { n: rest })}</li>}
      </ul>
      <div className="row role-actions" hidden={!may.edit}>
        <Button
          slim
          aria-pressed={mark === 'saved'}
          aria-label={mark === 'saved' ? t('roles.saved.what', { role: fit.title }) : t('roles.save.what', { role: fit.title })}
          onClick={() => onMark(mark === 'saved' ? null : 'saved')}
        >
          <Bookmark size={14} aria-hidden fill={mark === 'saved' ? 'currentColor' : 'none'} /> {mark === 'saved' ? t('roles.saved') : t('roles.save')}
        </Button>
        <Button look="quiet" slim aria-label={t('roles.hide', { role: fit.title })} title={t('roles.hide', { role: fit.title })} onClick={() => onMark(mark === 'hidden' ? null : 'hidden')}>
          <EyeOff size={14} aria-hidden />
        </Button>
      </div>
    </li>
  );
}

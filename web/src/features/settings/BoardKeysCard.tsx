// Keys for job boards: entered, named, deleted; the key itself is never shown again.
import { KeyRound } from 'lucide-react';
import type { SubmitEvent } from 'react';
import { useId, useState } from 'react';
import type { Schemas } from '../../api/client';
import { useBoardKeys, useMay } from '../../api/queries';
import { submitted } from '../../lib/forms';
import { day, t } from '../../lib/i18n';
import { sayName } from '../../lib/words';
import { Button, Loading, ProblemCard } from '../../ui/basics';
import { BoardOptions } from '../../ui/BoardOptions';
import { Dialog } from '../../ui/Dialog';
import { Input } from '../../ui/Input';
import { useToast } from '../../ui/Toasts';
import { useDeleteBoardKey, useKeepBoardKey } from './queries';

/** Boards that take a key: the person's own for a search, with a name beside it, or an employer's. */
const SEARCHED = ['adzuna', 'usajobs'] as const;
const BOARDS = [...SEARCHED, 'greenhouse', 'lever'] as const;
type Board = (typeof BOARDS)[number];
const isSearched = (board: Board): board is (typeof SEARCHED)[number] => board === 'adzuna' || board === 'usajobs';

const nameOf = ({ board, account }: Pick<Schemas['BoardKeyShown'], 'board' | 'account'>) => [sayName(board), account].filter(Boolean).join(' · ');

export function BoardKeysCard() {
  const keys = useBoardKeys();
  const [adding, setAdding] = useState(false);
  const may = useMay();
  if (!may.edit) return null;
  return (
    <section className="card stack" id="job-boards" aria-labelledby="settings-boards">
      <div className="setting">
        <span>
          <h2 id="settings-boards">{t('keys.title')}</h2>
          <span className="muted small">{t('keys.why')}</span>
        </span>
        {may.own && (
          <Button onClick={() => setAdding(true)}>
            <KeyRound size={15} aria-hidden /> {t('keys.add')}
          </Button>
        )}
      </div>
      {keys.isPending && <Loading what={t('keys.title')} />}
      {keys.isError && <ProblemCard error={keys.error} />}
      {!!keys.data?.length && (
        <ul className="setting-list">
          {keys.data.map((key) => (
            <Kept key={key.id} kept={key} own={may.own} />
          ))}
        </ul>
      )}
      {adding && <AddKey onClose={() => setAdding(false)} />}
    </section>
  );
}

function Kept({ kept, own }: { kept: Schemas['BoardKeyShown']; own: boolean }) {
  const remove = useDeleteBoardKey();
  const say = useToast();
  const name = nameOf(kept);
  return (
    <li className="setting">
      <span>
        <strong>{name}</strong>
        <span className="muted small">{t('keys.since', { day: day(new Date(kept.created_at)) })}</span>
      </span>
      {own && (
        <Button
          slim
          disabled={remove.isPending}
          aria-label={`${t('keys.delete')}: ${name}`}
          onClick={() => remove.mutate(kept.id, { onSuccess: () => say(t('keys.deleted', { board: name })), onError: (error) => say(error.message) })}
        >
          {t('keys.delete')}
        </Button>
      )}
    </li>
  );
}

function AddKey({ onClose }: { onClose: () => void }) {
  const keep = useKeepBoardKey();
  const say = useToast();
  const [board, setBoard] = useState<Board>('adzuna');
  const id = useId();
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    const text = submitted(event);
    const body = { board, account: text('account').trim(), name: text('name').trim(), secret: text('secret').trim() };
    keep.mutate(body, {
      onSuccess: (kept) => {
        say(t('keys.saved', { board: nameOf(kept) }));
        onClose();
      },
    });
  };
  return (
    <Dialog title={t('keys.add')} onClose={onClose}>
      <form className="stack" onSubmit={submit}>
        <label htmlFor={`${id}-board`} className="labelled">
          <span className="small muted">{t('keys.board')}</span>
          <select id={`${id}-board`} className="select" value={board} onChange={(event) => setBoard(event.target.value as Board)}>
            <BoardOptions boards={BOARDS} />
          </select>
        </label>
        {isSearched(board) ? (
          <Input key={board} name="name" label={t(`keys.name.${board}`)} type={board === 'usajobs' ? 'email' : 'text'} maxLength={200} autoComplete="off" />
        ) : (
          <Input key="account" name="account" label={t('keys.account')} maxLength={80} autoComplete="off" />
        )}
        <Input name="secret" label={t('keys.secret')} type="password" maxLength={200} autoComplete="off" />
        <Button type="submit" look="primary" disabled={keep.isPending}>
          {t('keys.save')}
        </Button>
        {keep.isError && <ProblemCard error={keep.error} />}
      </form>
    </Dialog>
  );
}

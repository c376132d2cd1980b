// One place to look: a company on a board, a search with the person's key, or an address.
import type { FormEvent } from 'react';
import { useState } from 'react';
import { Link } from 'react-router';
import { useBoardKeys } from '../../api/queries';
import { language, t } from '../../lib/i18n';
import { sayName } from '../../lib/words';
import { Button } from '../../ui/basics';
import { BoardOptions } from '../../ui/BoardOptions';
import type { Board } from './sources';
import { BOARDS, COUNTRIES, isSearched, searchSource } from './sources';

export function SourceForm({ onAdd }: { onAdd: (source: string) => void }) {
  const [board, setBoard] = useState<Board>('greenhouse');
  const [account, setAccount] = useState('');
  const [what, setWhat] = useState('');
  const [where, setWhere] = useState('');
  const [country, setCountry] = useState<string>('gb');
  const keys = useBoardKeys();
  const searched = isSearched(board);
  const lacksKey = searched && keys.data !== undefined && !keys.data.some((key) => key.board === board);
  const add = (event: FormEvent) => {
    event.preventDefault();
    if (searched) {
      const countries: readonly string[] = COUNTRIES[board];
      if (what.trim() || where.trim()) onAdd(searchSource(board, countries.includes(country) ? country : (countries[0] ?? ''), what, where));
    } else if (account.trim() !== '') {
      onAdd(`${board}:${account.trim()}`);
      setAccount('');
    }
  };
  const countryNames = new Intl.DisplayNames([language()], { type: 'region' });
  return (
    <form className="card stack" onSubmit={add}>
      <div className="row wrap openings-form">
        <label>
          <span className="small muted">{t('openings.board')}</span>
          <select className="select" value={board} onChange={(event) => setBoard(event.target.value as Board)}>
            <BoardOptions boards={BOARDS} />
          </select>
        </label>
        {searched ? (
          <>
            {COUNTRIES[board].length > 1 && (
              <label>
                <span className="small muted">{t('openings.country')}</span>
                <select className="select" value={country} onChange={(event) => setCountry(event.target.value)}>
                  {COUNTRIES[board].map((code) => (
                    <option key={code} value={code}>
                      {countryNames.of(code.toUpperCase())}
                    </option>
                  ))}
                </select>
              </label>
            )}
            <label className="openings-account">
              <span className="small muted">{t('openings.what')}</span>
              <input className="input" value={what} maxLength={80} onChange={(event) => setWhat(event.target.value)} />
            </label>
            <label className="openings-account">
              <span className="small muted">{t('openings.where')}</span>
              <input className="input" value={where} maxLength={80} onChange={(event) => setWhere(event.target.value)} />
            </label>
          </>
        ) : (
          <label className="openings-account">
            <span className="small muted">{board === 'feed' || board === 'page' ? t('openings.address') : t('openings.account')}</span>
            <input className="input" value={account} onChange={(event) => setAccount(event.target.value)} placeholder={board === 'feed' || board === 'page' ? 'https://' : 'example'} />
          </label>
        )}
        <Button type="submit">{t('openings.add')}</Button>
      </div>
      {lacksKey && (
        <p className="small" role="status">
          {t('openings.needs-key', { board: sayName(board) })} <Link to="/settings#job-boards">{t('openings.enter-key')}</Link>
        </p>
      )}
    </form>
  );
}

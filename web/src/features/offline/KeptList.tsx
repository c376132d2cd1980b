// What this device keeps, one line each, with the way to remove it or to send it.
import { Trash2 } from 'lucide-react';
import type { Kept } from '../../api/device/store';
import { isOurs } from '../../api/device/store';
import { t } from '../../lib/i18n';
import { sayWhen } from '../../lib/words';
import { Button, Chip, ProblemCard } from '../../ui/basics';
import { useForget, useKept, useSendAsNew } from './queries';

export function KeptList({ only }: { only?: string }) {
  const kept = useKept();
  if (kept.isError) return <ProblemCard error={kept.error} />;
  const list = (kept.data ?? []).filter(({ id }) => only === undefined || id === only);
  if (list.length === 0) return <p className="muted small">{t('offline.kept.none')}</p>;
  return (
    <ul className="kept-list">
      {list.map((one) => (
        <KeptRow key={one.id} kept={one} />
      ))}
    </ul>
  );
}

function KeptRow({ kept }: { kept: Kept }) {
  const forget = useForget();
  const send = useSendAsNew();
  const { detail, changed, stuck } = kept;
  const foreign = changed && !isOurs(kept);
  const state = stuck?.why === 'conflict' ? 'offline.conflict' : foreign ? 'offline.foreign' : changed ? 'offline.unsent' : 'offline.copy';
  return (
    <li className="setting">
      <span>
        <strong>{detail.resume?.contact.name?.value ?? detail.file_name}</strong>
        <span className="muted small">
          {detail.file_name} · {sayWhen(detail.updated_at)} {changed && t('offline.remove.lost')}
        </span>
      </span>
      <span className="row wrap">
        <Chip tone={stuck ? 'bad' : changed ? 'warn' : ''}>{t(state)}</Chip>
        {(foreign || stuck?.why === 'refused') && (
          <Button slim disabled={send.isPending} onClick={() => send.mutate(kept.id)}>
            {t('offline.send-new')}
          </Button>
        )}
        <Button look="quiet" slim aria-label={`${t('offline.remove')}: ${detail.file_name}`} title={t('offline.remove')} onClick={() => forget.mutate(kept.id)}>
          <Trash2 size={16} aria-hidden />
        </Button>
      </span>
      {send.isError && <ProblemCard error={send.error} />}
    </li>
  );
}

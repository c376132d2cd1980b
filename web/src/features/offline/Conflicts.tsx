// A résumé was changed on this device and elsewhere: shows both, and asks which one stays.
import { ConflictDialog } from '../../ui/ConflictDialog';
import { Versions } from '../../ui/Versions';
import { t } from '../../lib/i18n';
import { ProblemCard } from '../../ui/basics';
import { Dialog } from '../../ui/Dialog';
import { needsPerson } from '../../api/device/store';
import { KeptList } from './KeptList';
import { useKept, useResolve } from './queries';

export default function Conflicts({ onDone }: { onDone: () => void }) {
  const kept = useKept();
  const resolve = useResolve();
  const next = kept.data?.find(needsPerson);
  if (!next) return null;
  const { stuck, detail, id } = next;
  if (stuck?.why !== 'conflict' || !detail.resume || !stuck.theirs.resume) {
    return (
      <Dialog title={detail.file_name} onClose={onDone}>
        {stuck?.why === 'refused' && <ProblemCard error={stuck.problem} />}
        <KeptList only={id} />
      </Dialog>
    );
  }
  const decide = (which: 'mine' | 'theirs') => resolve.mutate({ id, which }, { onSuccess: onDone });
  return (
    <ConflictDialog onMine={() => decide('mine')} onTheirs={() => decide('theirs')}>
      <p>
        <strong>{detail.file_name}</strong>
      </p>
      <Versions before={stuck.theirs.resume} after={detail.resume} titles={[t('conflict.theirs'), t('offline.kept')]} onlyChanges />
      {resolve.isError && <ProblemCard error={resolve.error} />}
    </ConflictDialog>
  );
}

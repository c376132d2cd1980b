// How the saving stands, what to do where it does not go on, and changes that can be taken back.
import { t } from '../../lib/i18n';
import { Button, ProblemCard } from '../../ui/basics';
import { ConflictDialog } from '../../ui/ConflictDialog';
import { useToast } from '../../ui/Toasts';
import { Versions } from '../../ui/Versions';
import type { Editor, SaveState } from './editor';
import type { ChangeWithUndo } from './parts';

export function SaveLine({ save }: { save: SaveState }) {
  return (
    <p role="status" className={`save-line ${save.state === 'waiting' ? 'waiting' : 'muted'}`}>
      {save.state === 'saved' && t('resume.saved')}
      {save.state === 'saving' && t('resume.saving')}
      {save.state === 'waiting' && t('resume.waiting')}
    </p>
  );
}

export function SaveProblem({ editor }: { editor: Editor }) {
  const { save } = editor;
  if (save.state === 'stale') {
    return (
      <ConflictDialog onMine={() => void editor.overwrite()} onTheirs={() => void editor.reload()}>
        <Versions before={save.theirs} after={editor.resume} titles={[t('conflict.theirs'), t('conflict.mine')]} onlyChanges />
      </ConflictDialog>
    );
  }
  if (save.state !== 'failed') return null;
  return (
    <ProblemCard error={save.problem}>
      <Button onClick={() => void editor.retry()}>{t('resume.save-again')}</Button>
    </ProblemCard>
  );
}

/** Changes with a message that offers to take just this change back. */
export function useChangeWithUndo(editor: Editor): ChangeWithUndo {
  const say = useToast();
  return (text, update, revert, key) => {
    editor.change(update);
    say(text, { title: t('undo'), run: () => editor.change(revert) }, key);
  };
}

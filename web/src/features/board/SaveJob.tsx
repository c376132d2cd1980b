// Puts the job of a tailoring on the board, or says where it stands there.
import { Columns3 } from 'lucide-react';
import { Link } from 'react-router';
import { useAddApplication, useApplications } from '../../api/queries';
import { t } from '../../lib/i18n';
import { Button } from '../../ui/basics';
import { useToast } from '../../ui/Toasts';

type SaveJobProps = { resumeId: string; tailoringId: string; title: string; company: string };

export function SaveJob({ resumeId, tailoringId, title, company }: SaveJobProps) {
  const applications = useApplications();
  const add = useAddApplication();
  const say = useToast();
  if (!applications.data) return null;
  const known = applications.data.find((application) => application.tailoring_id === tailoringId);
  if (known) {
    return (
      <Link to="/applications" className="button quiet">
        <Columns3 size={16} aria-hidden /> {t('board.on-board', { stage: t(`board.stage.${known.stage}`) })}
      </Link>
    );
  }
  const job = title || t('board.untitled');
  return (
    <Button
      disabled={add.isPending}
      onClick={() =>
        add.mutate(
          { stage: 'saved', title: job, company, link: '', notes: '', resume_id: resumeId, tailoring_id: tailoringId },
          { onSuccess: () => say(t('board.saved', { job })), onError: (error) => say(error.message) },
        )
      }
    >
      <Columns3 size={16} aria-hidden /> {t('board.save')}
    </Button>
  );
}

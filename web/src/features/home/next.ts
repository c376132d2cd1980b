// The one thing that helps most now, from what is known.
import type { Schemas } from '../../api/client';
import { t } from '../../lib/i18n';
import { sayName, sayWhen } from '../../lib/words';

type Known = {
  resume: Schemas['ResumeSummary'];
  audit: Schemas['Audit'] | undefined;
  role: string | undefined;
  tailorings: Schemas['TailoringSummary'][] | undefined;
  applications: Schemas['Application'][] | undefined;
};
export type NextStep = { title: string; why: string; address: string };

/** Days after which silence is worth a question. */
const SILENCE_DAYS = 10;
const DAY_MS = 86_400_000;

/** `null` while too little is known. */
export function nextStep({ resume, audit, role, tailorings, applications }: Known, now = Date.now()): NextStep | null {
  if (!audit || !tailorings || !applications) return null;
  const base = `/resumes/${resume.id}`;
  const costly = audit.findings.find((finding) => finding.severity === 'high');
  if (costly) {
    return {
      title: t('home.next.check'),
      why: t('home.next.check.why', { score: Math.round(audit.score.total), finding: sayName(costly.check).toLowerCase() }),
      address: `${base}/check`,
    };
  }
  const newest = tailorings[0];
  if (!newest) return { title: t('home.next.tailor'), why: role ? t('home.next.tailor.why', { role }) : t('home.next.tailor.plain'), address: `${base}/tailor` };
  const nameOf = (application: Schemas['Application']) => application.title || application.company;
  const silent = applications.find(({ stage, stage_at: at }) => stage === 'applied' && now - Date.parse(at) > SILENCE_DAYS * DAY_MS);
  if (silent) return { title: t('home.next.follow'), why: t('home.next.follow.why', { job: nameOf(silent), when: sayWhen(silent.stage_at) }), address: '/applications' };
  if (!applications.some((application) => application.tailoring_id === newest.id)) {
    return { title: t('home.next.apply'), why: t('home.next.apply.why', { job: newest.title ?? t('job.untitled') }), address: `${base}/tailor/${newest.id}` };
  }
  const open = applications.find(({ stage }) => stage !== 'closed' && stage !== 'offer');
  if (open) return { title: t('home.next.go-on', { job: nameOf(open) }), why: t('home.next.go-on.why', { stage: t(`board.stage.${open.stage}`) }), address: '/applications' };
  return { title: t('home.recent.start'), why: role ? t('home.next.tailor.why', { role }) : t('home.next.tailor.plain'), address: `${base}/tailor` };
}

import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ResumeDetail, Schemas } from '../../api/client';
import { api, problemOf, unwrap } from '../../api/client';
import { auditKey, resumeKey, resumesKey } from '../../api/queries';

type Resume = NonNullable<ResumeDetail['resume']>;
export type Mended = {
  /** What the audit said before. */
  before: Schemas['Score'];
  now: Schemas['Score'];
  applied: number;
  skipped: Schemas['Skipped'][];
  /** What to go back to, and the version that it is gone back from. */
  undo: { resume: Resume; version: number };
};

/** What is drawn from the content of a résumé must be asked again when a fix changed it; the audit is known already. */
function useContentChanged(resumeId: string) {
  const queries = useQueryClient();
  return (detail: ResumeDetail, audit?: { strict: boolean; now: Schemas['Audit'] }) => {
    queries.setQueryData(resumeKey(resumeId), detail);
    if (audit) queries.setQueryData(auditKey(resumeId, audit.strict), audit.now);
    void queries.invalidateQueries({ queryKey: resumesKey });
    void queries.invalidateQueries({
      predicate: ({ queryKey: [area, id, what, strict] }) => area === 'resume' && id === resumeId && what !== 'detail' && !(audit && what === 'audit' && strict === audit.strict),
    });
  };
}

/** Applies the fixes of chosen findings to the version that was judged, and says what that did. */
export function useMend(resumeId: string, strict: boolean) {
  const queries = useQueryClient();
  const changed = useContentChanged(resumeId);
  return useMutation({
    mutationFn: async ({ findings, before }: { findings: string[]; before: Schemas['Score'] }): Promise<Mended> => {
      const known = queries.getQueryData<ResumeDetail>(resumeKey(resumeId)) ?? (await unwrap(api.GET('/api/v1/resumes/{id}', { params: { path: { id: resumeId } } })));
      const fixed = await unwrap(
        api.POST('/api/v1/resumes/{id}/audit/fixes', { params: { path: { id: resumeId }, query: { strict } }, body: { version: known.version, findings } }),
      );
      changed(fixed.resume, { strict, now: fixed.audit });
      const { resume } = known;
      if (!resume) throw new Error(fixed.resume.file_name);
      return { before, now: fixed.audit.score, applied: fixed.applied.length, skipped: fixed.skipped, undo: { resume, version: fixed.resume.version } };
    },
    // Changed in another place meanwhile: show what stands there now.
    onError: (error) => problemOf(error).code === 'stale-version' && void queries.invalidateQueries({ queryKey: ['resume', resumeId] }),
  });
}

/** Puts the résumé back to what it was before the last fixes, if nothing was changed since. */
export function useUnmend(resumeId: string) {
  const changed = useContentChanged(resumeId);
  return useMutation({
    mutationFn: ({ resume, version }: Mended['undo']) => unwrap(api.PATCH('/api/v1/resumes/{id}', { params: { path: { id: resumeId } }, body: { version, resume } })),
    onSuccess: (detail) => changed(detail),
  });
}

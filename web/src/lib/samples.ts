// A fictional person's résumé and a job, for those who want to see it work before they bring their own.
export { default as sampleJob } from '../../../fixtures/jobs/backend-engineer.txt?raw';
import sampleUrl from '../../../fixtures/resumes/two-page.pdf?url';

export async function fetchSampleResume(): Promise<File> {
  const answer = await fetch(sampleUrl);
  if (!answer.ok) throw new TypeError('the sample is not there');
  return new File([await answer.blob()], 'sample-resume.pdf', { type: 'application/pdf' });
}

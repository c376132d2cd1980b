import { expect, test } from 'vitest';
import type { Schemas } from '../../api/client';
import { nextStep } from './next';

const resume = { id: 'r1' } as Schemas['ResumeSummary'];
const audit = (severity: Schemas['Severity'] | null) =>
  ({ score: { total: 71.4, parts: [] }, findings: severity ? [{ check: 'no-email', severity }] : [] }) as unknown as Schemas['Audit'];
const tailoring = { id: 't1', title: 'Rigger' } as Schemas['TailoringSummary'];
const application = (stage: Schemas['Stage'], stage_at: string) => ({ id: 'a1', title: 'Rigger', company: '', stage, stage_at, tailoring_id: 't1' }) as Schemas['Application'];
const NOW = Date.parse('2026-06-30T00:00:00Z');
const to = (known: Partial<Parameters<typeof nextStep>[0]>) =>
  nextStep({ resume, audit: audit(null), role: 'Rigger', tailorings: [tailoring], applications: [], ...known }, NOW)?.address;

test('nothing is said while too little is known', () => expect(to({ audit: undefined })).toBeUndefined());
test.each([
  ['a fault that costs the application comes first', { audit: audit('high') }, '/resumes/r1/check'],
  ['polish does not', { audit: audit('low') }, '/resumes/r1/tailor/t1'],
  ['no tailoring: make one', { tailorings: [] }, '/resumes/r1/tailor'],
  ['a tailoring that is not on the board', {}, '/resumes/r1/tailor/t1'],
  ['silence for too long', { applications: [application('applied', '2026-06-01T00:00:00Z')] }, '/applications'],
  ['an open application', { applications: [application('interview', '2026-06-29T00:00:00Z')] }, '/applications'],
  ['all is over: the next job', { applications: [application('closed', '2026-06-29T00:00:00Z')] }, '/resumes/r1/tailor'],
])('%s', (_, known, address) => expect(to(known)).toBe(address));

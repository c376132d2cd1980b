// A server that speaks as job boards document it: Greenhouse with a form and a key, Adzuna with a key, Ashby without either.
import { createServer } from 'node:http';
import { once } from 'node:events';

export const ADZUNA_KEY = 'adzuna-k3y';
export const EMPLOYERS_KEY = 'employers-k3y';

const DUTIES = '<p>We build payment services.</p><ul><li>Design APIs in Go and Kafka</li><li>Run PostgreSQL</li></ul>';
const input = (label, required, name, type, values = []) => ({ label, required, fields: [{ name, type, values }] });
const JOB = {
  id: 7,
  title: 'Backend Engineer',
  absolute_url: 'https://boards.example.org/7',
  company_name: 'Example Payments',
  location: { name: 'Leeds' },
  content: DUTIES.replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
  first_published: '2026-01-14T10:00:00Z',
  application_deadline: '2099-03-01T00:00:00Z',
};
const QUESTIONS = [
  input('First Name', true, 'first_name', 'input_text'),
  input('Last Name', true, 'last_name', 'input_text'),
  input('Email', true, 'email', 'input_text'),
  input('Resume/CV', true, 'resume', 'input_file'),
  input('May you work in this country?', true, 'question_2', 'multi_value_single_select', [
    { label: 'Yes', value: 1 },
    { label: 'No', value: 0 },
  ]),
  input('Why us?', false, 'question_3', 'textarea'),
];
const ashby = { id: 'a1', title: 'Platform Engineer', location: 'Berlin', isListed: true, isRemote: true, descriptionHtml: DUTIES, publishedAt: '2026-02-01T00:00:00Z', jobUrl: 'https://jobs.example.org/a1' };
const adzuna = { id: '42', title: 'Staff <strong>Engineer</strong>', description: 'Go, Kafka and PostgreSQL for payments…', created: '2026-01-08T18:07:39Z', redirect_url: 'https://ads.example.org/42', company: { display_name: 'Example Trust' }, location: { display_name: 'Leeds, West Yorkshire' }, salary_min: 60000, salary_max: 72000, salary_is_predicted: '1' };

/** `applications`: what arrived, with its bytes. `refuseNext` answers the next application with an error. */
export async function newBoards() {
  const boards = { url: '', applications: [], refuseNext: false, close: async () => {} };
  const server = createServer(async (request, response) => {
    const address = new URL(request.url, 'http://boards.invalid');
    const parts = [];
    for await (const part of request) parts.push(part);
    const answer = (status, body) => response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (address.pathname === '/v1/boards/example/jobs') return answer(200, { jobs: [JOB], meta: { total: 1 } });
    if (address.pathname === '/posting-api/job-board/example') return answer(200, { jobs: [ashby] });
    if (address.pathname === '/v1/api/jobs/gb/search/1') {
      if (address.searchParams.get('app_key') !== ADZUNA_KEY) return answer(401, { exception: 'AUTH_FAIL' });
      return answer(200, { count: 1, results: [adzuna] });
    }
    if (address.pathname !== '/v1/boards/example/jobs/7') return answer(404, { error: 'not found' });
    if (request.method === 'GET') return answer(200, { ...JOB, questions: QUESTIONS });
    boards.applications.push({ authorization: request.headers.authorization, body: Buffer.concat(parts) });
    if (boards.refuseNext) {
      boards.refuseNext = false;
      return answer(422, { error: 'This job is closed' });
    }
    return answer(200, { success: 'Candidate saved successfully' });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  boards.url = `http://127.0.0.1:${server.address().port}`;
  boards.close = async () => {
    server.closeAllConnections();
    server.close();
  };
  return boards;
}

/** A file of a multipart form. */
export function fileOf(body, name) {
  const head = body.indexOf(`name="${name}"; filename`);
  const start = body.indexOf('\r\n\r\n', head) + 4;
  return body.subarray(start, body.indexOf('\r\n--bespoke-', start));
}

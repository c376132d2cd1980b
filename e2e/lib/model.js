// A language model of ours: speaks as any OpenAI-compatible API does, and answers as it is told to.
import { once } from 'node:events';
import { createServer } from 'node:http';

/** Says the same in a shorter way: what a résumé shows passes, whatever the model. */
const shorter = (text) => (text.endsWith('.') ? text.slice(0, -1) : `${text}.`);
const MOODS = {
  honest: shorter,
  inventing: (text) => `${text.replace(/\.$/, '')} for NASA, saving $40 million a year.`,
};

/** `mood` may be set: `honest`, `inventing`, `garbage`, `refusing` (the key), `hanging`. `asked` holds every question, with its key. */
export async function newModel() {
  const asked = [];
  const model = { mood: 'honest', asked, address: '', close: () => server.close() };
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    asked.push({ key: request.headers.authorization, body });
    if (model.mood === 'hanging') return;
    if (model.mood === 'refusing') return void response.writeHead(401).end();
    if (model.mood === 'garbage') return void response.end('<h1>Welcome</h1>');
    const { bullets = [], summary, sentences = [] } = JSON.parse(JSON.parse(body).messages[1].content);
    const wordings = [...bullets, ...sentences, ...(summary ? [summary] : [])].map(({ id, text }) => ({ id, text: MOODS[model.mood](text) }));
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ choices: [{ message: { role: 'assistant', content: JSON.stringify({ wordings }) } }] }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  model.address = `http://127.0.0.1:${server.address().port}/v1`;
  return model;
}

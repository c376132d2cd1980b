// A mail server that keeps what it is given.
import { once } from 'node:events';
import { createServer } from 'node:net';

const decoded = (text) => {
  const [head, ...rest] = text.split('\r\n\r\n');
  const body = rest.join('\r\n\r\n');
  if (/^content-transfer-encoding: base64/im.test(head)) return Buffer.from(body, 'base64').toString('utf8');
  if (!/^content-transfer-encoding: quoted-printable/im.test(head)) return body;
  const bytes = body.replaceAll('=\r\n', '').replace(/=([0-9A-F]{2})/g, (_, code) => String.fromCharCode(Number.parseInt(code, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
};

export async function openMailbox() {
  const mails = [];
  const server = createServer((socket) => {
    let [said, taking, to] = ['', false, ''];
    socket.write('220 here\r\n');
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      said += chunk.toString('latin1');
      for (;;) {
        const end = said.indexOf(taking ? '\r\n.\r\n' : '\r\n');
        if (end < 0) return;
        const part = said.slice(0, end);
        said = said.slice(end + (taking ? 5 : 2));
        if (taking) {
          mails.push({ to, text: decoded(part) });
          taking = false;
          socket.write('250 kept\r\n');
          continue;
        }
        if (part.startsWith('RCPT')) to = /<(.*)>/.exec(part)[1];
        taking = part === 'DATA';
        socket.write(taking ? '354 go on\r\n' : part.startsWith('QUIT') ? '221 bye\r\n' : '250 ok\r\n');
      }
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: server.address().port,
    /** The next message; waits for it. */
    async next() {
      for (let tries = 0; tries < 200 && mails.length === 0; tries++) await new Promise((done) => setTimeout(done, 50));
      if (mails.length === 0) throw new Error('no message came');
      return mails.shift();
    },
    end: () => server.close(),
  };
}

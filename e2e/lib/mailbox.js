// A mail server that keeps what it is given, and takes it only after STARTTLS.
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { TLSSocket } from 'node:tls';

const decoded = (text) => {
  const [head, ...rest] = text.split('\r\n\r\n');
  const body = rest.join('\r\n\r\n');
  if (/^content-transfer-encoding: base64/im.test(head)) return Buffer.from(body, 'base64').toString('utf8');
  if (!/^content-transfer-encoding: quoted-printable/im.test(head)) return body;
  const bytes = body.replaceAll('=\r\n', '').replace(/=([0-9A-F]{2})/g, (_, code) => String.fromCharCode(Number.parseInt(code, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
};

/** `cert` and `key` are files. */
export async function openMailbox({ cert, key }) {
  const mails = [];
  const secrets = { cert: readFileSync(cert), key: readFileSync(key) };

  function converse(socket, secure) {
    let [said, taking, to] = ['', false, ''];
    const answer = (line) => {
      const [verb] = line.split(/[ :]/);
      if (verb === 'EHLO') return secure ? '250 here' : '250-here\r\n250 STARTTLS';
      if (verb === 'QUIT') return '221 bye';
      if (!secure) return '530 not without TLS';
      if (verb === 'RCPT') to = /<(.*)>/.exec(line)[1];
      taking = verb === 'DATA';
      return taking ? '354 go on' : '250 ok';
    };
    const hear = (chunk) => {
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
        } else if (part === 'STARTTLS' && !secure) {
          socket.off('data', hear);
          socket.write('220 go on\r\n');
          converse(new TLSSocket(socket, { isServer: true, ...secrets }), true);
          return;
        } else {
          socket.write(`${answer(part)}\r\n`);
        }
      }
    };
    socket.on('error', () => undefined);
    socket.on('data', hear);
  }

  const server = createServer((socket) => {
    socket.write('220 here\r\n');
    converse(socket, false);
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

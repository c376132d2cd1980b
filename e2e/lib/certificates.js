// A certificate authority of a test, and a certificate for this machine.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const openssl = (...args) => execFileSync('openssl', args, { stdio: 'pipe' });
const KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];

/** Paths of `authority`, `cert` and `key` in a folder, for `localhost`. */
export function makeCertificates(folder) {
  const at = (name) => join(folder, name);
  const [authority, own, cert, key] = [at('ca.pem'), at('ca.key'), at('mail.pem'), at('mail.key')];
  openssl('req', '-x509', ...KEY, '-days', '2', '-subj', '/CN=Example authority', '-keyout', own, '-out', authority);
  openssl('req', '-new', ...KEY, '-subj', '/CN=localhost', '-keyout', key, '-out', at('mail.csr'));
  writeFileSync(at('mail.ext'), 'subjectAltName=DNS:localhost\nbasicConstraints=CA:FALSE\n');
  openssl('x509', '-req', '-in', at('mail.csr'), '-CA', authority, '-CAkey', own, '-CAcreateserial', '-days', '2', '-extfile', at('mail.ext'), '-out', cert);
  return { authority, cert, key };
}

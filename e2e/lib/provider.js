// An OpenID Connect provider as others run it (oidc-provider), with its own sign-in page.
import { once } from 'node:events';
import { createServer } from 'node:http';
import Provider from 'oidc-provider';
import { freePort } from './server.js';

/** Starts it for one client; whoever signs in as `name` has the address `name@example.org`. */
export async function startProvider(redirectUri) {
  const port = await freePort();
  const issuer = `http://localhost:${port}`;
  const provider = new Provider(issuer, {
    clients: [{ client_id: 'bespoke', client_secret: 'a secret: of +two', redirect_uris: [redirectUri], grant_types: ['authorization_code'], response_types: ['code'] }],
    claims: { openid: ['sub'], email: ['email', 'email_verified'] },
    cookies: { keys: ['only for tests'] },
    pkce: { required: () => true },
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, email: `${id}@example.org`, email_verified: true }) }),
  });
  const server = createServer(provider.callback()).listen(port, 'localhost');
  await once(server, 'listening');
  return {
    issuer,
    async end() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

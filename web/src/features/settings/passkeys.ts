// What the browser does with passkeys: bytes of WebAuthn to and from the JSON of the server.
import type { Schemas } from '../../api/client';
import { ApiProblem } from '../../api/client';
import { t } from '../../lib/i18n';

/** Whether this browser has passkeys, and this page is where they are for. */
export const hasPasskeys = (host: string | undefined) => 'PublicKeyCredential' in window && 'parseCreationOptionsFromJSON' in PublicKeyCredential && (window.location.hostname === host || window.location.hostname.endsWith(`.${host ?? ''}`));

const base64url = (bytes: ArrayBuffer) =>
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');

/** What the device answers; a refusal of the person is a problem like any other. */
async function asked(credential: Promise<Credential | null>): Promise<PublicKeyCredential> {
  const answer = await credential.catch(() => null);
  if (answer instanceof PublicKeyCredential) return answer;
  throw new ApiProblem({ type: 'about:blank', code: 'no-passkey', title: t('passkeys.title'), status: 0, detail: t('passkeys.cancelled') });
}

/** Has the device make a passkey. */
export async function makePasskey({ publicKey }: Schemas['PasskeyOptions'], name: string): Promise<Schemas['NewPasskey']> {
  const options = PublicKeyCredential.parseCreationOptionsFromJSON(publicKey as unknown as PublicKeyCredentialCreationOptionsJSON);
  const { response } = await asked(navigator.credentials.create({ publicKey: options }));
  const { clientDataJSON, attestationObject } = response as AuthenticatorAttestationResponse;
  return { name, client_data: base64url(clientDataJSON), attestation: base64url(attestationObject) };
}

/** Has the device use one. */
export async function askPasskey({ publicKey }: Schemas['PasskeyOptions']): Promise<Schemas['UsedPasskey']> {
  const options = PublicKeyCredential.parseRequestOptionsFromJSON(publicKey as unknown as PublicKeyCredentialRequestOptionsJSON);
  const { id, response } = await asked(navigator.credentials.get({ publicKey: options }));
  const { clientDataJSON, authenticatorData, signature, userHandle } = response as AuthenticatorAssertionResponse;
  return {
    id,
    client_data: base64url(clientDataJSON),
    authenticator_data: base64url(authenticatorData),
    signature: base64url(signature),
    user_handle: userHandle && base64url(userHandle),
  };
}

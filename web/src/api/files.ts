// Files that the server makes, handed to the browser.
import { ApiProblem, isProblem, problemOf } from './client';
import { t } from '../lib/i18n';

/** Fetches a file and hands it to the browser; gives the id of the export, where it is one. A refusal becomes an error with the server's words. */
export async function save(address: string, fallbackName: string): Promise<string | null> {
  let answer: Response;
  try {
    answer = await fetch(address, { credentials: 'same-origin' });
  } catch (error) {
    throw new ApiProblem(problemOf(error));
  }
  if (!answer.ok) {
    const body: unknown = await answer.json().catch(() => null);
    throw isProblem(body) ? new ApiProblem(body) : new Error(t('export.answered', { status: answer.status }));
  }
  const disposition = answer.headers.get('content-disposition') ?? '';
  const coded = /filename\*=UTF-8''([^;]+)/i.exec(disposition)?.[1];
  const plain = /filename="([^"]+)"/i.exec(disposition)?.[1];
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await answer.blob());
  link.download = coded ? decodeURIComponent(coded) : (plain ?? fallbackName);
  link.click();
  window.setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  return answer.headers.get('x-bespoke-export');
}

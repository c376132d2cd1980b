// Several files on their way to the server at once; each says by itself how far it is.
import { useState } from 'react';
import { useUpload } from './queries';

/** Files that are sent at the same time. */
const AT_ONCE = 3;

export type Sent = { key: string; name: string } & ({ state: 'waiting' | 'sending' } | { state: 'sent'; id: string } | { state: 'failed'; error: unknown });

let numbers = 0;

export function useUploads() {
  const upload = useUpload();
  const [files, setFiles] = useState<Sent[]>([]);
  const set = (changed: Sent) => setFiles((all) => all.map((file) => (file.key === changed.key ? changed : file)));

  /** Sends files; gives the ids of those that were taken. */
  const send = async (taken: File[]): Promise<string[]> => {
    const queue = taken.map((file) => ({ file, key: String(numbers++) }));
    setFiles(queue.map(({ file, key }) => ({ key, name: file.name, state: 'waiting' })));
    const ids: string[] = [];
    const lane = async () => {
      for (let next = queue.shift(); next; next = queue.shift()) {
        const { key, file } = next;
        set({ key, name: file.name, state: 'sending' });
        try {
          const { id } = await upload.mutateAsync(file);
          ids.push(id);
          set({ key, name: file.name, state: 'sent', id });
        } catch (error) {
          set({ key, name: file.name, state: 'failed', error });
        }
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, lane));
    return ids;
  };
  return { files, send, fail: (name: string, error: unknown) => setFiles([{ key: name, name, state: 'failed', error }]), clear: () => setFiles([]) };
}

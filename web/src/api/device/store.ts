// What this device keeps: résumés with their original files, in the browser's own database. Nothing leaves it from here.
import type { Schemas } from '../client';
import { setDevice } from './state';
import { workspaceHere } from './workspace';

export type Detail = Schemas['ResumeDetail'];

export type Kept = {
  /** The id of the server, or one of this device. */
  id: string;
  /** Whose it is: it is never sent into another workspace. */
  workspace: string | null;
  detail: Detail;
  /** The version of the server that `detail` was made from; null where the server never had it. */
  base: number | null;
  /** Whether there is anything that the server has not got. */
  changed: boolean;
  /** For a file that was read here: whether the person has changed what was read. */
  edited: boolean;
  /** Why it could not be sent without the person. */
  stuck?: { why: 'conflict'; theirs: Detail } | { why: 'refused'; problem: Schemas['Problem'] };
};

const STORES = ['resumes', 'files', 'moved'] as const;
type Store = (typeof STORES)[number];

let opened: Promise<IDBDatabase> | undefined;

const done = <T>(request: IDBRequest<T>) =>
  new Promise<T>((found, failed) => {
    request.onsuccess = () => found(request.result);
    request.onerror = () => failed(request.error ?? new Error('the database of the browser failed'));
  });

function open(): Promise<IDBDatabase> {
  opened ??= new Promise((found, failed) => {
    const request = indexedDB.open('bespoke-device', 1);
    request.onupgradeneeded = () => {
      for (const name of STORES) request.result.createObjectStore(name);
    };
    request.onsuccess = () => found(request.result);
    request.onerror = () => failed(request.error ?? new Error('the database of the browser cannot be opened'));
  });
  return opened;
}

async function within<T>(store: Store, mode: IDBTransactionMode, run: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  return done(run((await open()).transaction(store, mode).objectStore(store)));
}

/** All that is kept, newest first. */
export async function allKept(): Promise<Kept[]> {
  const all = await within('resumes', 'readonly', (store) => store.getAll() as IDBRequest<Kept[]>);
  return all.sort((a, b) => b.detail.created_at.localeCompare(a.detail.created_at));
}

export const getKept = (id: string) => within('resumes', 'readonly', (store) => store.get(id) as IDBRequest<Kept | undefined>);
export const getFile = (id: string) => within('files', 'readonly', (store) => store.get(id) as IDBRequest<ArrayBuffer | undefined>);

export async function putKept(kept: Kept) {
  await within('resumes', 'readwrite', (store) => store.put(kept, kept.id));
  await count();
}

export const putFile = (id: string, bytes: ArrayBuffer) => within('files', 'readwrite', (store) => store.put(bytes, id));

export async function dropKept(id: string) {
  await within('resumes', 'readwrite', (store) => store.delete(id));
  await within('files', 'readwrite', (store) => store.delete(id));
  await count();
}

/** Notes which id the server gave to a résumé of this device: a page may still hold the old one. */
export const putMoved = (from: string, to: string) => within('moved', 'readwrite', (store) => store.put(to, from));
export const getMoved = (from: string) => within('moved', 'readonly', (store) => store.get(from) as IDBRequest<string | undefined>);

/** Whether it may be sent into the workspace that this device works for now. */
export const isOurs = (kept: Kept) => kept.workspace === null || kept.workspace === workspaceHere();

/** Whether it cannot be sent without the person. */
export const needsPerson = (kept: Kept) => kept.changed && (kept.stuck !== undefined || !isOurs(kept));

/** Removes every trace of the person from this device. */
export async function forgetAll() {
  for (const name of STORES) await within(name, 'readwrite', (store) => store.clear());
  setDevice({ waiting: 0, stuck: 0 });
}

/** Tells the page how much has not reached the server. */
export async function count() {
  const changed = (await allKept()).filter((kept) => kept.changed);
  setDevice({ waiting: changed.length, stuck: changed.filter(needsPerson).length });
}

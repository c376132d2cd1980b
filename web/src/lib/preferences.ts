// What the person chose for the whole page, kept in this browser: how strictly to judge, what counts for a role, and how
// far the tour is.
import { useSyncExternalStore } from 'react';

/**
 * `blend`: the share of meaning in the fit to a role, 0 to 1, the rest is for shared skills; null leaves it to the server. `tour`: the step that the tour
 * is at, from 1; more than there are once it is over.
 */
export type Preferences = { strict: boolean; blend: number | null; tour: number };
export const DEFAULTS: Preferences = { strict: false, blend: null, tour: 1 };
/** The blend of a server that has learned nothing. */
export const USUAL_BLEND = 0.7;
export const TOUR_STEPS = 3;
const KEPT = 'bespoke-preferences';

let known: Preferences | null = null;
const listeners = new Set<() => void>();

function isPreferences(value: unknown): value is Partial<Preferences> {
  return typeof value === 'object' && value !== null;
}

/** What is kept; a value that is missing or makes no sense is the default. */
export function parsePreferences(json: string | null): Preferences {
  let value: unknown = null;
  try {
    value = JSON.parse(json ?? 'null');
  } catch {
    // Somebody else wrote there.
  }
  if (!isPreferences(value)) return DEFAULTS;
  const { strict, blend, tour } = value;
  return {
    strict: typeof strict === 'boolean' ? strict : DEFAULTS.strict,
    blend: typeof blend === 'number' && blend >= 0 && blend <= 1 ? blend : DEFAULTS.blend,
    tour: typeof tour === 'number' && tour >= 1 ? tour : DEFAULTS.tour,
  };
}

const read = () => (known ??= parsePreferences(window.localStorage.getItem(KEPT)));

function listen(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function setPreference<K extends keyof Preferences>(name: K, value: Preferences[K]) {
  known = { ...read(), [name]: value };
  window.localStorage.setItem(KEPT, JSON.stringify(known));
  for (const listener of listeners) listener();
}

/** A preference and the way to change it. */
export function usePreference<K extends keyof Preferences>(name: K): [Preferences[K], (value: Preferences[K]) => void] {
  const all = useSyncExternalStore(listen, read);
  return [all[name], (value) => setPreference(name, value)];
}

// A style as the person changes it: members that differ from the template's own, by their path.
export type StyleValue = string | number | boolean | string[];
/** What is changed, by path: `margin.top`. */
export type StyleChanges = Readonly<Record<string, StyleValue>>;
type Tree = { [name: string]: unknown };

/** The changes as the JSON that the server lays over a template's style; none where there are none. */
export function styleJson(changes: StyleChanges): string | undefined {
  const paths = Object.entries(changes);
  if (paths.length === 0) return undefined;
  const tree: Tree = {};
  for (const [path, value] of paths) {
    const names = path.split('.');
    let at = tree;
    for (const name of names.slice(0, -1)) at = (at[name] ??= {}) as Tree;
    at[names.at(-1) ?? path] = value;
  }
  return JSON.stringify(tree);
}

/** The value at a path: the person's, else the template's. */
export function valueAt(style: unknown, changes: StyleChanges, path: string): unknown {
  if (path in changes) return changes[path];
  return path.split('.').reduce<unknown>((at, name) => (typeof at === 'object' && at !== null ? (at as Tree)[name] : undefined), style);
}

const keptKey = (id: string) => `look-${id}`;
export type Look = { template: string; changes: StyleChanges };

/** The look that was chosen for a document in this browser. It holds colours and sizes, nothing of the person. */
export function readLook(id: string): Look | null {
  try {
    const kept = JSON.parse(localStorage.getItem(keptKey(id)) ?? 'null') as Partial<Look> | null;
    return kept && typeof kept.template === 'string' ? { template: kept.template, changes: kept.changes ?? {} } : null;
  } catch {
    return null;
  }
}

export const writeLook = (id: string, look: Look) => localStorage.setItem(keptKey(id), JSON.stringify(look));

// Where a page goes on after somebody has signed in or out: everything begins anew, as another person's data must not stay
// in memory.
const KEY = 'bespoke-after';

/** Has the next [`beginAnew`] lead back here. */
export const comeBackTo = (address: string) => window.sessionStorage.setItem(KEY, address);

export function beginAnew() {
  const to = new URL(window.sessionStorage.getItem(KEY) ?? '/', window.location.origin);
  window.sessionStorage.removeItem(KEY);
  const same = to.pathname === window.location.pathname;
  window.location.assign(to);
  // What stands behind # alone loads nothing.
  if (same && to.hash !== '') window.location.reload();
}

// Which team this page is about: its address begins with /t/<id>, so that links, new tabs and the way back stay in it.
const FOUND = typeof window === 'undefined' ? null : /^\/t\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?=\/|$)/.exec(window.location.pathname);

/** The team; `undefined` where the page is about the person's own things. */
export const TEAM: string | undefined = FOUND?.[1];
/** Names it in a request. */
export const TEAM_HEADER = 'Bespoke-Team';
/** Where every address of this page begins. */
export const BASE = TEAM === undefined ? '/' : `/t/${TEAM}`;

/** The first page of a team. */
export const teamAddress = (id: string, path = '') => `/t/${id}/${path}`;

/** An address of the API for what sets no headers: images, downloads, sockets. */
export const inTeam = (address: string) => (TEAM === undefined ? address : `${address}${address.includes('?') ? '&' : '?'}team=${TEAM}`);

// Which workspace this device last worked for: what is kept without a network belongs to it.
const KEPT = 'bespoke-workspace';

export const workspaceHere = (): string | null => window.localStorage.getItem(KEPT);
export const noteWorkspace = (id: string) => window.localStorage.setItem(KEPT, id);

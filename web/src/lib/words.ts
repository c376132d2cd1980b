const STABLE_NAMES: Record<string, string> = {
  ats: 'Read by software',
  layout: 'Layout',
  content: 'Content',
  semantic: 'Meaning',
  skills: 'Skills',
  title: 'Title',
  seniority: 'Seniority',
  education: 'Education',
  'required-skills': 'Required skills',
  'preferred-skills': 'Preferred skills',
};

/** The name of a part of a score, or any kebab-case name, as a person reads it. */
export function sayName(name: string): string {
  const text = STABLE_NAMES[name] ?? name.replaceAll('-', ' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export const count = (n: number, one: string, many = `${one}s`) => `${n} ${n === 1 ? one : many}`;

export function sayWhen(iso: string, now = new Date()): string {
  const then = new Date(iso);
  const minutes = Math.round((now.getTime() - then.getTime()) / 60_000);
  if (Number.isNaN(minutes)) return '';
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${count(minutes, 'minute')} ago`;
  if (minutes < 24 * 60) return `${count(Math.round(minutes / 60), 'hour')} ago`;
  return then.toLocaleDateString(undefined, { day: 'numeric', month: 'short', year: 'numeric' });
}

// Dates of a résumé are ISO 8601 at the precision that is known: "2021", "2021-03", "2021-03-15", or "present".

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** "2021-03" as "Mar 2021", "present" as "Present"; what is no date stays as it is. */
export function showDate(value: string): string {
  if (value === 'present') return 'Present';
  const [, year, month, day] = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(value) ?? [];
  if (!year) return value;
  const name = month ? MONTHS[Number(month) - 1] : undefined;
  if (!name) return year;
  return day ? `${Number(day)} ${name} ${year}` : `${name} ${year}`;
}

/** What a person types ("Mar 2021", "03/2021", "2021-3", "2021", "now") as ISO; null where it is no date. */
export function readDate(typed: string): string | null {
  const text = typed.trim().toLowerCase();
  if (/^(present|now|today|current|ongoing)$/.test(text)) return 'present';
  const two = (n: number) => String(n).padStart(2, '0');
  const made = (year: string, month?: number, day?: number) => {
    if (month === undefined) return year;
    if (month < 1 || month > 12) return null;
    if (day === undefined) return `${year}-${two(month)}`;
    const last = new Date(Number(year), month, 0).getDate();
    return day >= 1 && day <= last ? `${year}-${two(month)}-${two(day)}` : null;
  };
  let match = /^(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?$/.exec(text);
  if (match?.[1]) return made(match[1], match[2] ? Number(match[2]) : undefined, match[3] ? Number(match[3]) : undefined);
  match = /^(\d{1,2})[-/.](\d{4})$/.exec(text);
  if (match?.[2]) return made(match[2], Number(match[1]));
  match = /^(?:(\d{1,2})\.?\s+)?([a-z]{3,9})\.?,?\s+(\d{4})$/.exec(text);
  if (match?.[2] && match[3]) {
    const index = MONTHS.findIndex((name) => match?.[2]?.startsWith(name.toLowerCase()));
    return index < 0 ? null : made(match[3], index + 1, match[1] ? Number(match[1]) : undefined);
  }
  return null;
}

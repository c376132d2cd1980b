import { describe, expect, test } from 'vitest';
import type { LiveEvent } from '../api/live';
import type { Resume } from '../api/client';
import { readDate, showDate } from './dates';
import { doubtfulFields, nextId, placedFields } from './fields';
import { byteOffsets } from './offsets';
import { moveBullet } from './order';
import { compare } from './outline';
import { reduceProgress, sayFound, sayStep } from './progress';

describe('byteOffsets', () => {
  test.each(['Zoë 🧪 Müller · 東京\nLed a team', 'plain', '', '👩‍🔬👩‍🔬', 'é\u0301ﬁ𝒳'])('agrees with TextEncoder at every character of %j', (text) => {
    const at = byteOffsets(text);
    const encoder = new TextEncoder();
    let index = 0;
    for (const character of text) {
      expect(at(encoder.encode(text.slice(0, index)).length)).toBe(index);
      index += character.length;
    }
    expect(at(encoder.encode(text).length)).toBe(text.length);
  });

  test('a byte inside a character is its start, one past the end is the end', () => {
    const at = byteOffsets('a🧪b');
    expect([0, 1, 2, 3, 4, 5, 6, 99].map(at)).toEqual([0, 1, 1, 1, 1, 3, 4, 4]);
  });
});

describe('dates', () => {
  test.each([
    ['2021-03', '2021-03'],
    ['Mar 2021', '2021-03'],
    ['September 2019', '2019-09'],
    ['3/2021', '2021-03'],
    ['15 Mar 2021', '2021-03-15'],
    ['2021', '2021'],
    ['Now', 'present'],
    ['2021-13', null],
    ['30 Feb 2021', null],
    ['soon', null],
  ])('%s is read as %s', (typed, iso) => expect(readDate(typed)).toBe(iso));

  test.each(['2021', '2021-03', '2021-03-15', 'present'])('%s survives being shown and read', (iso) => expect(readDate(showDate(iso))).toBe(iso));
});

describe('reduceProgress', () => {
  const event = (step: LiveEvent['step'], share: number): LiveEvent => ({ type: 'progress', seq: 1, resume_id: 'r', step, share });
  const after = (...events: LiveEvent[]) => events.reduce(reduceProgress, {})['r'];

  test('goes forward', () => expect(after(event('stored', 0.1), event('parsing', 0.6))).toMatchObject({ step: 'parsing', share: 0.6 }));
  test('a late event does not turn it back', () =>
    expect(after(event('parsing', 0.6), event('reading', 0.3))).toMatchObject({ step: 'parsing', share: 0.6 }));
  test('nothing comes after the end, save a new reading', () => {
    expect(after(event('ready', 1), event('fitting', 0.9))).toMatchObject({ step: 'ready' });
    expect(after(event('failed', 1), event('stored', 0))).toMatchObject({ step: 'stored' });
  });
  test('what was found stays, until the file is read anew', () => {
    const found = { pages: 2, jobs: 3, education: 1, skills: 0 };
    const told = { ...event('fitting', 0.8), found };
    expect(after(told, event('ready', 1))).toMatchObject({ step: 'ready', found });
    expect(after(told, event('stored', 0.1))?.found).toBeUndefined();
    expect(sayFound(found)).toEqual(['2 pages', '3 jobs', '1 degree or course']);
    expect(sayStep('reading', 'page 2 of 5')).toBe('Recognising page 2 of 5');
  });
  test('résumés do not mix', () => {
    const state = reduceProgress({ other: { step: 'reading', share: 0.2, detail: null } }, event('ready', 1));
    expect(state['other']?.step).toBe('reading');
  });
});

// Only the parts that the comparison reads.
const resume = (bullets: [string, string][], skills: string[]) =>
  ({
    work: [
      {
        id: 'w1',
        position: { value: 'Baker' },
        company: { value: 'Kornblume' },
        highlights: bullets.map(([id, value]) => ({ id, text: { value, source: { start: Number(id.slice(1)), end: 99, page: 0 } } })),
      },
    ],
    skills: [{ id: 's1', keywords: skills.map((value) => ({ value })) }],
  }) as unknown as Resume;

describe('compare', () => {
  const before = resume([['b1', 'Baked 40 loaves'], ['b2', 'Trained two apprentices']], ['Bread']);
  const shown = (side: ReturnType<typeof compare>['after'], key: string) =>
    side.find((block) => block.key === key)?.pieces.map((p) => (p.mark === 'added' ? `+${p.text}+` : p.mark === 'removed' ? `-${p.text}-` : p.text)).join('');

  test('equal résumés have no mark', () => {
    const same = compare(before, before);
    expect(same.changed).toBe(0);
    expect([...same.before, ...same.after].every((b) => !b.moved && b.pieces.every((p) => p.mark === 'same'))).toBe(true);
  });

  test('marks words where they stand, and bullets that moved', () => {
    const both = compare(before, resume([['b2', 'Trained two apprentices'], ['b1', 'Made 40 loaves']], ['Bread', 'Pastry']));
    expect(shown(both.before, 'b1')).toBe('-Baked- 40 loaves');
    expect(shown(both.after, 'b1')).toBe('+Made+ 40 loaves');
    expect(both.after.find((b) => b.key === 'b2')?.moved).toBe('up');
    expect(both.after.find((b) => b.key === 'b1')?.moved).toBe('down');
    expect(shown(both.after, 's1')).toContain('Pastry+');
    expect(both.changed).toBe(3);
  });

  test('a bullet that is gone is all removed', () => {
    const both = compare(before, resume([['b1', 'Baked 40 loaves']], ['Bread']));
    expect(shown(both.before, 'b2')).toBe('-Trained two apprentices-');
  });
});

describe('doubtfulFields', () => {
  test('the most doubtful comes first; what is sure or stands nowhere is left out', () => {
    const at = (start: number) => ({ start, end: start + 1, page: 0 });
    const person = {
      contact: { name: { value: 'sure', confidence: 0.9, source: at(0) }, label: { value: 'typed', confidence: 0.1 } },
      work: [{ position: { value: 'unsure', confidence: 0.6, source: at(5) }, company: { value: 'guess', confidence: 0.2, source: at(9) } }],
    } as unknown as Resume;
    expect(doubtfulFields(person).map(({ section, field }) => [section, field.value])).toEqual([
      ['work', 'guess'],
      ['work', 'unsure'],
    ]);
  });
});

describe('fields', () => {
  const one = resume([['b7', 'x'], ['b12', 'y']], []);
  test('the next id is free', () => {
    expect(nextId(one, 'b')).toBe('b13');
    expect(nextId(one, 'e')).toBe('e1');
  });
  test('placed fields come in the order of the document', () =>
    expect(placedFields(one).map((f) => [f.section, f.source.start])).toEqual([['work', 7], ['work', 12]]));
});

describe('moveBullet', () => {
  // One letter per bullet; a small letter is one level deeper.
  const move = (text: string, index: number, step: -1 | 1) => {
    const list = [...text].map((letter) => ({ letter, level: letter === letter.toLowerCase() ? 1 : 0 }));
    const at = moveBullet(list, index, step);
    return [list.map(({ letter }) => letter).join(''), at];
  };
  test.each([
    ['ABC', 1, -1, 'BAC', 0],
    ['ABC', 1, 1, 'ACB', 2],
    ['ABC', 0, -1, 'ABC', null],
    ['ABC', 2, 1, 'ABC', null],
    ['AxyB', 0, 1, 'BAxy', 1],
    ['ABxyC', 1, 1, 'ACBxy', 2],
    ['AxyB', 3, -1, 'BAxy', 0],
    ['AxyB', 1, 1, 'AyxB', 2],
    ['AxyB', 2, 1, 'AxyB', null],
    ['AxyB', 1, -1, 'AxyB', null],
    ['xA', 1, -1, 'xA', null],
  ] as const)('%s: %i by %i gives %s', (text, index, step, order, at) => expect(move(text, index, step)).toEqual([order, at]));
});

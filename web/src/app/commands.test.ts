import { expect, test } from 'vitest';
import { commandsOf, findCommands } from './commands';

const commands = commandsOf({
  mayEdit: true,
  go: () => undefined,
  resumeId: 'r1',
  resumes: [{ id: 'r1', name: 'Åsa Öberg', file_name: 'cv.pdf', headline: 'Welder', format: 'pdf', status: 'ready', version: 1, created_at: '', updated_at: '' }],
  setTheme: () => undefined,
  showShortcuts: () => undefined,
});
const titles = (typed: string) => findCommands(commands, typed).map(({ title }) => title);

test('commands are found by the beginnings of their words, without accents', () => {
  expect(titles('osa')).toEqual([]);
  expect(titles('asa ob')).toEqual(['Åsa Öberg · Welder']);
  expect(titles('appl')).toEqual(['Applications']);
  expect(titles('this res check')).toEqual(['Check']);
  expect(titles('')).toHaveLength(commands.length);
});

test('no two commands have the same keys', () => {
  const keys = commands.flatMap((command) => command.keys ?? []);
  expect(new Set(keys).size).toBe(keys.length);
});

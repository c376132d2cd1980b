import { expect, test } from 'vitest';
import { DEFAULTS, parsePreferences } from './preferences';

test.each([
  [null, DEFAULTS],
  ['no json', DEFAULTS],
  ['[1]', DEFAULTS],
  ['{"strict":"yes","blend":7}', DEFAULTS],
  ['{"strict":true}', { ...DEFAULTS, strict: true }],
  ['{"strict":true,"blend":0}', { ...DEFAULTS, strict: true, blend: 0 }],
])('%s is read as %o', (json, expected) => expect(parsePreferences(json)).toEqual(expected));

import { describe, expect, it } from 'vitest';
import { saySource, searchSource } from './sources';

describe('sources', () => {
  it('are written as the server reads them', () => {
    expect(searchSource('adzuna', 'gb', ' staff nurse ', 'Leeds')).toBe('adzuna:gb?what=staff+nurse&where=Leeds');
    expect(searchSource('usajobs', 'us', 'nurse', '')).toBe('usajobs:us?what=nurse');
    expect(searchSource('adzuna', 'de', 'Pflege & Küche', 'Köln')).toBe('adzuna:de?what=Pflege+%26+K%C3%BCche&where=K%C3%B6ln');
  });
  it('are said in words', () => {
    expect(saySource('adzuna:gb?what=staff+nurse&where=Leeds')).toBe('Adzuna · GB · staff nurse · Leeds');
    expect(saySource('usajobs:us?what=nurse')).toBe('Usajobs · nurse');
    expect(saySource('greenhouse:example')).toBe('greenhouse:example');
    expect(saySource('feed:https://example.org/x?what=1')).toBe('feed:https://example.org/x?what=1');
  });
});

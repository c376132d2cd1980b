import { expect, test } from 'vitest';
import { styleJson, valueAt } from './style';

test('changes become the JSON that lies over a style', () => {
  expect(styleJson({})).toBeUndefined();
  expect(JSON.parse(styleJson({ 'margin.top': 12, 'margin.left': 10, 'accent-color': '#123456', 'hidden-sections': ['awards'] }) ?? '')).toEqual({
    margin: { top: 12, left: 10 },
    'accent-color': '#123456',
    'hidden-sections': ['awards'],
  });
});

test('a value is the person’s, else the template’s', () => {
  const style = { margin: { top: 20 }, columns: { count: 1 } };
  expect(valueAt(style, { 'margin.top': 9 }, 'margin.top')).toBe(9);
  expect(valueAt(style, {}, 'columns.count')).toBe(1);
  expect(valueAt(style, {}, 'heading.rule')).toBeUndefined();
  expect(valueAt(undefined, {}, 'paper')).toBeUndefined();
});

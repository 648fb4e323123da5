import { mayResume, readRange } from '../../../server/api/byte-range';

const part = (start: number, end: number) => ({ kind: 'part', range: { start, end } });

test.each([
  ['bytes=0-99', part(0, 99)],
  ['bytes=0-', part(0, 999)],
  ['bytes=990-2000', part(990, 999)],
  ['bytes=-10', part(990, 999)],
  ['bytes=-5000', part(0, 999)],
  ['BYTES=5-5', part(5, 5)],
  ['bytes=999-', part(999, 999)],
])('%s of 1000 bytes is a part', (header, expected) => {
  expect(readRange(header, 1000)).toEqual(expected);
});

test.each([['bytes=1000-'], ['bytes=5000-6000'], ['bytes=-0'], ['bytes=9999999999999999-']])(
  '%s of 1000 bytes is not satisfiable',
  (header) => {
    expect(readRange(header, 1000)).toEqual({ kind: 'not-satisfiable' });
  },
);

test.each([
  [undefined],
  [''],
  ['bytes'],
  ['bytes=-'],
  ['bytes=5-2'],
  ['bytes=a-b'],
  ['bytes=0-1,5-6'],
  ['items=0-5'],
  ['bytes=99999999999999999999-'],
  ['bytes=0x1-2'],
  ['bytes=--5'],
])('the header %p is ignored and the whole is sent', (header) => {
  expect(readRange(header, 1000)).toEqual({ kind: 'whole' });
});

test('only the same strong tag lets a player resume', () => {
  expect(mayResume(undefined, '"a"')).toBe(true);
  expect(mayResume('"a"', '"a"')).toBe(true);
  expect(mayResume('"b"', '"a"')).toBe(false);
  expect(mayResume('W/"a"', 'W/"a"')).toBe(false);
  expect(mayResume('Mon, 23 Nov 2026 00:00:00 GMT', '"a"')).toBe(false);
});

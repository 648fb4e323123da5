/** Which codes an administrator may choose. */
import { codeClash } from '../../../call-router/features/code-clash';
import { codeOf } from '../../../call-router/features/feature-codes';
import type { Directory } from '../../../call-router/state/directory';
import { type DialledCode, defaultCodes } from '../../../call-router/state/feature-code';
import { calendarIdOf } from '../../../call-router/values/ids';
import { office } from '../../fakes/office';

const withCode = (code: DialledCode, ...values: readonly string[]) => ({
  ...defaultCodes,
  dialled: { ...defaultCodes.dialled, [code]: values },
});

function withCalendar(code: string): Directory {
  const id = calendarIdOf('hours');
  const hours = {
    id,
    name: 'Hours',
    zone: 'Europe/Prague',
    week: [],
    exceptions: [],
    switch: 'automatic',
    code,
  } as const;
  return { ...office, calendars: new Map([[id, hours]]) };
}

describe('codes of an office', () => {
  it('do not clash as they come', () => {
    expect(codeClash(defaultCodes, office)).toBeUndefined();
  });

  it.each([
    ['another code', withCode('echo', '*97'), { kind: 'code', code: 'voicemail' }],
    ['an extension', withCode('intercept', '101'), { kind: 'extension', user: 'u101' }],
    ['an exact number of the office', withCode('echo', '103'), { kind: 'extension', user: 'u103' }],
    ['an emergency number', withCode('echo', '112'), { kind: 'emergency-number' }],
    ['an emergency number of the country', withCode('echo', '150'), { kind: 'emergency-number' }],
    ['a parking slot', withCode('echo', '*7005'), { kind: 'parking-slot' }],
    ['a form that no phone dials', withCode('echo', '4#3'), { kind: 'its-form' }],
    ['a form that nothing can stand behind', withCode('forward', '72'), { kind: 'its-form' }],
    ['nothing but a star', withCode('echo', '*'), { kind: 'its-form' }],
  ])('are refused for %s', (_what, codes, clash) => {
    expect(codeClash(codes, office)?.with).toEqual(clash);
  });

  it('may lie beside the slots', () => {
    expect(codeClash(withCode('echo', '*7099'), office)).toBeUndefined();
  });

  it('clash with the code of a calendar', () => {
    expect(codeClash(defaultCodes, withCalendar('*43'))).toEqual({
      code: { calendar: 'hours' },
      value: '*43',
      with: { kind: 'code', code: 'echo' },
    });
    expect(codeClash(defaultCodes, withCalendar('*90'))).toBeUndefined();
  });

  it.each([
    ['the same digit twice', { ...defaultCodes.inCall, park: '1' }, { kind: 'code', code: 'recording' }],
    ['two digits', { ...defaultCodes.inCall, park: '77' }, { kind: 'its-form' }],
  ])('in a call are refused for %s', (_what, inCall, clash) => {
    expect(codeClash({ ...defaultCodes, inCall }, office)?.with).toEqual(clash);
  });
});

describe('what is dialled', () => {
  it.each([
    ['*11', { kind: 'code', code: 'intercept', tail: '' }],
    ['*11205', { kind: 'code', code: 'intercept', tail: '205' }],
    ['40', { kind: 'code', code: 'intercept', tail: '' }],
    ['401', undefined],
    ['*7005', { kind: 'code', code: 'retrieve', tail: '05' }],
    ['*700', undefined],
    ['*72777123456', { kind: 'code', code: 'forward', tail: '777123456' }],
    ['*601', { kind: 'code', code: 'room', tail: '1' }],
    ['*807777123456', { kind: 'code', code: 'line', tail: '07777123456' }],
    ['*807', undefined],
    ['*8', undefined],
    ['777123456', undefined],
  ])('%s', (dialled, found) => {
    expect(codeOf(office, dialled)).toEqual(found);
  });

  it('of two codes with something behind them the longest wins', () => {
    const codes = withCode('room', '*8');
    expect(
      codeOf({ ...office, codes: { ...codes, dialled: { ...codes.dialled, forward: ['*80'] } } }, '*80777'),
    ).toEqual({
      kind: 'code',
      code: 'forward',
      tail: '777',
    });
  });

  it('a whole code stands before a code with something behind it', () => {
    expect(codeOf({ ...office, codes: withCode('room', '*7') }, '*79')).toEqual({
      kind: 'code',
      code: 'doNotDisturbOff',
      tail: '',
    });
  });
});

/** Opening hours as a person types them, and how they are drawn on the day. */
import { spansOf, stretchesOf, textOfSpans } from '../../../softphone/src/pages/settings/hours/open-spans';

describe('hours that are typed', () => {
  it.each([
    ['9-17', ['09:00-17:00']],
    ['8:00–12:00, 13:30–18:00', ['08:00-12:00', '13:30-18:00']],
    ['8-12 13-17', ['08:00-12:00', '13:00-17:00']],
    ['8.30-12; 22-6', ['08:30-12:00', '22:00-06:00']],
    ['0-24', ['00:00-24:00']],
    ['', []],
    ['  ', []],
  ])('%j are %j', (typed, spans) => {
    const read = spansOf(typed);
    expect(read.ok && read.value.map(({ from, to }) => `${from}-${to}`)).toEqual(spans);
  });

  it.each([
    ['nine to five', { kind: 'unreadable', text: 'ninetofive' }],
    ['8-12, 13', { kind: 'unreadable', text: '13' }],
    ['8-25', { kind: 'no-time', text: '8-25' }],
    ['8:70-9', { kind: 'no-time', text: '8:70-9' }],
    ['24-6', { kind: 'no-time', text: '24-6' }],
    ['9-9:00', { kind: 'no-length', text: '9-9:00' }],
  ])('%j cannot be read: %j', (typed, problem) => {
    expect(spansOf(typed)).toEqual({ ok: false, problem });
  });

  it('are shown so that they are read back the same', () => {
    const spans = [
      { from: '08:00', to: '12:00' },
      { from: '22:00', to: '06:00' },
    ];
    expect(spansOf(textOfSpans(spans))).toEqual({ ok: true, value: spans });
  });
});

describe('the bar of a day', () => {
  it('has what runs past midnight on both days', () => {
    const night = [{ from: '18:00', to: '06:00' }];
    expect(stretchesOf(night, [])).toEqual([{ from: 0.75, to: 1 }]);
    expect(stretchesOf([], night)).toEqual([{ from: 0, to: 0.25 }]);
    expect(stretchesOf([{ from: '00:00', to: '24:00' }], [])).toEqual([{ from: 0, to: 1 }]);
  });
});

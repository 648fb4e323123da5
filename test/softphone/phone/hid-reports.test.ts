/** The keys and lights of a headset in its reports: one with bits by name, one with a range and padding. */
import { placesIn, reportOf } from '../../../softphone/src/phone/hid-reports';

const [hook, mute] = [0xb0020, 0xb002f];
const [muteLed, offHookLed, ringLed] = [0x80009, 0x80017, 0x80018];

it('finds a key behind other keys and padding', () => {
  const report = {
    reportId: 8,
    items: [
      { usages: [hook, 0xb0097], reportSize: 1, reportCount: 2, isAbsolute: true },
      { usages: [], reportSize: 1, reportCount: 3 },
      { usages: [mute], reportSize: 1, reportCount: 1, isAbsolute: false },
      { usages: [0xb0050], reportSize: 4, reportCount: 1 },
    ],
  };
  const places = placesIn([report]);
  expect(places.get(hook)).toEqual({ reportId: 8, bit: 0, isRelative: false });
  expect(places.get(mute)).toEqual({ reportId: 8, bit: 5, isRelative: true });
  expect(places.get(0xb0050)).toBeUndefined();
});

it('lights what is lit and nothing else, across bytes and reports', () => {
  const reports = [
    { reportId: 1, items: [{ usages: [muteLed], reportSize: 1, reportCount: 1 }] },
    {
      reportId: 2,
      items: [
        { usages: [], reportSize: 7, reportCount: 1 },
        { isRange: true, usageMinimum: offHookLed, usageMaximum: ringLed, reportSize: 1, reportCount: 2 },
        { usages: [], reportSize: 1, reportCount: 7 },
      ],
    },
  ];
  expect([...reportOf(reports, 2, (usage) => usage === ringLed)]).toEqual([0, 1]);
  expect([...reportOf(reports, 2, (usage) => usage === offHookLed)]).toEqual([128, 0]);
  expect([...reportOf(reports, 1, (usage) => usage === muteLed)]).toEqual([1]);
});

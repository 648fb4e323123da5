/** What stands at the top of the window about a person whose calls do not simply ring. */
import { standingsOf } from '../../../softphone/src/frame/standing';

const usual = { doNotDisturb: false, forwards: {}, agentOf: [], isBlocked: false };
const words = (person: Parameters<typeof standingsOf>[0], memberOf = 0): readonly string[] =>
  standingsOf(person, memberOf).map((standing) => standing.words);

it.each([
  ['nothing where calls simply ring', usual, 0, []],
  ['nothing of forwarding when busy', { ...usual, forwards: { busy: '102' } }, 0, []],
  ['do not disturb', { ...usual, doNotDisturb: true }, 0, ['Do not disturb']],
  ['where all calls go', { ...usual, forwards: { always: 'voicemail' } }, 0, ['Forwarded to voicemail']],
  ['that an agent is logged out', usual, 2, ['Logged out of queues']],
  ['in how many queues', { ...usual, agentOf: ['q'] }, 2, ['In 1 queue']],
  [
    'why an agent pauses',
    { ...usual, agentOf: ['q'], pause: { reason: 'Lunch', since: '2026-11-23T10:00:00.000Z' } },
    1,
    ['Paused: Lunch'],
  ],
  ['that the fraud guard stopped them', { ...usual, isBlocked: true }, 0, ['Stopped from calling out']],
])('%s', (_what, person, memberOf, expected) => {
  expect(words(person, memberOf)).toEqual(expected);
});

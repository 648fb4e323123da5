/** The kept choice of devices, as it may be found in a browser. */
import { audioChoiceIn } from '../../../softphone/src/phone/audio-choice';

const system = { microphone: '', speaker: '', ringer: '' };

it.each([
  ['a whole one', '{"microphone":"m","speaker":"s","ringer":"r"}', { microphone: 'm', speaker: 's', ringer: 'r' }],
  ['one of an older page', '{"microphone":"m"}', { ...system, microphone: 'm' }],
  ['one that was cut off', '{"microphone":"m', system],
  ['nothing written', '', system],
  ['something else', '[null]', system],
  ['null', 'null', system],
  ['a number in place of a name', '{"ringer":7}', system],
])('%s is read without stopping the page', (_what, text, choice) => {
  expect(audioChoiceIn(text)).toEqual(choice);
});

/**
 * Which talks this browser has had, by the calls in which their legs were made: kept over a load and for every tab, so that a lost leg
 * is taken up by the browser that had it, and not by another of the same person; who was muted or on hold stays so. What was hung up
 * is not wanted back.
 */
import { isEstablished, isMadeIn, type KeptSound, keptSoundOf, type PhoneState } from './phone-state';

const storageKey = 'trunkline.legs';
/** More than are at once in a browser; older ones are over. */
const legsMax = 16;

export function noteLegs({ calls, hungUp }: PhoneState): void {
  const kept = read();
  const talks = calls
    .filter(isEstablished)
    .flatMap((call) => (call.madeIn === undefined ? [] : [{ madeIn: call.madeIn, was: keptSoundOf(call) }]));
  const before = kept.filter(({ madeIn }) => !talks.some((talk) => talk.madeIn === madeIn));
  const next = [...before, ...talks].filter(({ madeIn }) => !hungUp.includes(madeIn)).slice(-legsMax);
  const text = next.map(written).join(' ');
  if (text !== localStorage.getItem(storageKey)) localStorage.setItem(storageKey, text);
}

/** How this leg was heard here when it was lost. Undefined: another browser had it. */
export const keptSound = (legId: string): KeptSound | undefined =>
  read().find(({ madeIn }) => isMadeIn(legId, madeIn))?.was;

interface KeptTalk {
  readonly madeIn: string;
  readonly was: KeptSound;
}

/** `<call>`, `<call>/m` muted, `<call>/h` held, `<call>/mh` both. */
const written = ({ madeIn, was }: KeptTalk): string => {
  const marks = `${was.muted ? 'm' : ''}${was.held ? 'h' : ''}`;
  return marks === '' ? madeIn : `${madeIn}/${marks}`;
};

const read = (): readonly KeptTalk[] =>
  (localStorage.getItem(storageKey) ?? '')
    .split(' ')
    .filter(Boolean)
    .map((word) => {
      const [madeIn = '', marks = ''] = word.split('/');
      return { madeIn, was: { muted: marks.includes('m'), held: marks.includes('h') } };
    });

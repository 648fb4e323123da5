/**
 * Which talks this browser has had, by the calls in which their legs were made: kept over a load and for every tab, so that a lost leg
 * is taken up by the browser that had it, and not by another of the same person. What was hung up is not wanted back.
 */
import { isEstablished, isMadeIn, type PhoneState } from './phone-state';

const storageKey = 'trunkline.legs';
/** More than are at once in a browser; older ones are over. */
const legsMax = 16;

export function noteLegs({ calls, hungUp }: PhoneState): void {
  const kept = read();
  const talks = calls.filter(isEstablished).flatMap(({ madeIn }) => (madeIn === undefined ? [] : [madeIn]));
  const next = [...new Set([...kept, ...talks])].filter((madeIn) => !hungUp.includes(madeIn)).slice(-legsMax);
  if (next.join(' ') !== kept.join(' ')) localStorage.setItem(storageKey, next.join(' '));
}

export const hadLeg = (legId: string): boolean => read().some((madeIn) => isMadeIn(legId, madeIn));

const read = (): readonly string[] => (localStorage.getItem(storageKey) ?? '').split(' ').filter(Boolean);

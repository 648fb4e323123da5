/**
 * X-Trunkline-Call: tells a device of ours which call of the interface it rings for or has begun, so that a page knows its own
 * call among those it is told of. The call that the leg was made in; never written towards a trunk.
 */
import { callOfLeg, type LegId } from '../call-router/values/ids';
import type { FarEnd } from './legs';

export function callHeader(far: FarEnd, leg: LegId): Readonly<Record<string, string>> {
  return far === 'device' ? { 'X-Trunkline-Call': callOfLeg(leg) } : {};
}

/**
 * The real service in a process of its own, with limits that no user can set: what takes 30 seconds or four hours
 * otherwise happens within a test. `short-limits-main.js` is the other half.
 */
import path from 'node:path';
import type { Limits } from '../../call-router/state/view';
import { openOffice, type RunningOffice } from './running-office';

export function openOfficeWithLimits(limits: Partial<Limits>): Promise<RunningOffice> {
  const main = path.join(__dirname, 'short-limits-main.js');
  return openOffice({ SHORT_LIMITS: JSON.stringify(limits) }, { main });
}

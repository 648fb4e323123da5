/** The table from the inside to SIP and Q.850 and back, row by row (RFC 3261 section 21, RFC 3398). */
import { causeOfDeviceStatus, causeOfTrunkStatus, causes, type EndCause } from '../../../call-router/values/cause';

describe('causes', () => {
  it.each(Object.entries(causes))('%s has a final SIP status above 399 and a Q.850 cause', (_, row) => {
    expect(row.sipStatus).toBeGreaterThanOrEqual(400);
    expect(row.sipStatus).toBeLessThan(700);
    expect(row.q850).toBeGreaterThan(0);
    expect(row.q850).toBeLessThan(128);
  });

  const table: readonly (readonly [number, EndCause, EndCause])[] = [
    [486, 'busy', 'busy'],
    [600, 'busy', 'busy'],
    [603, 'rejected', 'rejected'],
    [480, 'unreachable', 'no-answer'],
    [487, 'no-answer', 'no-answer'],
    [404, 'unreachable', 'number-unknown'],
    [410, 'unreachable', 'number-unknown'],
    [484, 'unreachable', 'number-unknown'],
    [604, 'unreachable', 'number-unknown'],
    [403, 'rejected', 'trunk-failed'],
    [488, 'no-common-codec', 'no-common-codec'],
    [606, 'no-common-codec', 'no-common-codec'],
    [408, 'unreachable', 'trunk-failed'],
    [500, 'unreachable', 'trunk-failed'],
    [503, 'unreachable', 'trunk-failed'],
    [301, 'unreachable', 'trunk-failed'],
  ];
  it.each(table)('%d means %s from a device and %s from a trunk', (status, device, trunk) => {
    expect(causeOfDeviceStatus(status)).toBe(device);
    expect(causeOfTrunkStatus(status)).toBe(trunk);
  });
});

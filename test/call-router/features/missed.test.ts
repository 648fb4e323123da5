/** Who missed a call: told from the records that whole calls leave, played as in the transcripts. */
import type { CallRecord } from '../../../call-router/values/cdr';
import { Player } from '../../scenarios/transcript';

/** The last record of each call of a transcript. */
function recordsOf(lines: readonly string[]): readonly CallRecord[] {
  const player = new Player();
  const records = new Map<string, CallRecord>();
  for (const line of lines) {
    player.happen(line);
    for (const effect of player.pbx.takeEffects())
      if (effect.to === 'store' && effect.do === 'save-call') records.set(effect.record.id, effect.record);
  }
  return [...records.values()];
}

const missedIn = (...lines: readonly string[]) =>
  recordsOf(['with routes', ...lines]).map(({ missedBy, missedGroupIds, missedNumberId }) => ({
    missedBy,
    missedGroupIds,
    missedNumberId,
  }));

const nobody = { missedBy: undefined, missedGroupIds: undefined, missedNumberId: undefined };

describe('a missed call', () => {
  it('is one that rang and that nobody answered, for each person and the number', () => {
    const calls = ['trunk provider calls +420210000002 from 777123456', 'crm knows nothing', 'leg 1 cancels'];
    expect(missedIn(...calls)).toEqual([{ ...nobody, missedBy: ['u101', 'u102'], missedNumberId: 'sales' }]);
  });

  it('is never one that somebody answered, whichever legs were not', () => {
    const calls = ['trunk provider calls +420210000002 from 777123456', 'crm knows nothing', 'leg 4 answers'];
    expect(missedIn(...calls, 'leg 1 hangs up')).toEqual([nobody]);
  });

  it('is one of a group that a step rang', () => {
    const menu = ['hours are open', 'trunk provider calls +420210000011 from 777123456', 'crm knows nothing'];
    const missed = missedIn(...menu, 'leg 1 has heard it', 'leg 1 presses 1', 'leg 1 presses #', 'leg 1 hangs up');
    expect(missed).toEqual([{ missedBy: ['u101', 'u102'], missedGroupIds: ['sales'], missedNumberId: 'desk' }]);
  });

  it('is one that left a message, though no phone rang', () => {
    const heard = ['leg 1 has heard it', 'leg 1 has heard it', 'pass 5 s', 'leg 1 hangs up'];
    const calls = ['trunk provider calls +420210000017 from 777123456', 'crm knows nothing', ...heard];
    expect(missedIn(...calls)).toEqual([{ ...nobody, missedBy: [], missedNumberId: 'box' }]);
  });

  it('is not one that heard that the office is closed, nor a call out, nor a code', () => {
    const closed = ['trunk provider calls +420210000011 from 777123456', 'crm knows nothing', 'leg 1 has heard it'];
    expect(missedIn(...closed)).toEqual([nobody]);
    expect(missedIn('boris-desk calls 777123456', 'crm knows nothing', 'leg 2 refuses with 486')).toEqual([nobody]);
    expect(missedIn('anna-desk calls *97', 'leg 1 hangs up')).toEqual([]);
  });

  it('is one between colleagues, too', () => {
    expect(missedIn('boris-desk calls 101', 'leg 1 cancels')).toEqual([{ ...nobody, missedBy: ['u101'] }]);
  });
});

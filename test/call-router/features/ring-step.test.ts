/** Who rings in which round of a `ring` step. */
import { type RingStep, roundsOf } from '../../../call-router/features/ring-step';
import { groupIdOf, userIdOf } from '../../../call-router/values/ids';
import { office } from '../../fakes/office';
import { withPlans } from '../../fakes/plans';

const directory = withPlans(office);
const anna = userIdOf('u101');
const boris = userIdOf('u102');
const cyril = userIdOf('u103');
const gone = userIdOf('gone');

const rounds = (order: RingStep['order'], targets: RingStep['targets']) =>
  roundsOf(directory, { kind: 'ring', order, targets, ringS: 30 });

describe('a ring step', () => {
  it('rings all at once, each once, groups with their people', () => {
    const all = rounds('all', [{ userId: boris }, { groupId: groupIdOf('sales') }, { userId: gone }]);
    expect(all).toEqual([{ users: [boris, anna], ringS: 30 }]);
  });

  it('rings one after the other, each as long', () => {
    expect(rounds('in-order', [{ userId: cyril }, { groupId: groupIdOf('sales') }, { userId: cyril }])).toEqual([
      { users: [cyril], ringS: 30 },
      { users: [anna], ringS: 30 },
      { users: [boris], ringS: 30 },
    ]);
  });

  it('rings with delays: each round joins those before, and the time is for all', () => {
    expect(rounds('delayed', [{ userId: boris, delayS: 20 }, { userId: anna }, { userId: cyril, delayS: 5 }])).toEqual([
      { users: [anna], ringS: 5 },
      { users: [cyril], ringS: 15, along: true },
      { users: [boris], ringS: 10, along: true },
    ]);
  });

  it('rings nobody twice, and nobody who would begin when it is over', () => {
    const late = rounds('delayed', [
      { userId: anna },
      { groupId: groupIdOf('sales'), delayS: 10 },
      { userId: cyril, delayS: 30 },
    ]);
    expect(late).toEqual([
      { users: [anna], ringS: 10 },
      { users: [boris], ringS: 20, along: true },
    ]);
  });

  it('of people who are gone has no round', () => {
    for (const order of ['all', 'in-order', 'delayed'] as const) expect(rounds(order, [{ userId: gone }])).toEqual([]);
  });
});

/** Who becomes responsible for a new client: rules in their order, who answered, who is on duty. */
import { leadOfCall, leadOwner, type NewLead, responsibleIfNone } from '../../../call-router/features/lead-owner';
import type { Directory } from '../../../call-router/state/directory';
import type { LeadRule } from '../../../call-router/state/office';
import {
  calendarIdOf,
  callIdOf,
  epochMs,
  groupIdOf,
  legIdOf,
  numberIdOf,
  trunkIdOf,
  userIdOf,
} from '../../../call-router/values/ids';
import { fakePbx } from '../../fakes/pbx';
import { office } from '../../fakes/office';
import { withPlans } from '../../fakes/plans';

const anna = userIdOf('u101');
const boris = userIdOf('u102');
const cyril = userIdOf('u103');
const monday = epochMs(Date.UTC(2026, 5, 1, 8));
const sunday = epochMs(Date.UTC(2026, 4, 31, 8));

const rule = (id: string, more: Partial<LeadRule>): LeadRule => ({
  id,
  name: id,
  position: 1,
  sources: [],
  numberIds: [],
  passOnMinutes: 0,
  ...more,
});

function withRules(...leadRules: readonly LeadRule[]): Directory {
  const directory = withPlans(office);
  const numbers = directory.numbers.map((one) => (one.id === 'main' ? { ...one, dutyUserId: cyril } : one));
  return { ...directory, numbers, leadRules };
}

const lead: NewLead = { at: monday, numberId: numberIdOf('main'), source: 'web' };

describe('the owner of a lead', () => {
  const fitting: readonly (readonly [string, Partial<LeadRule>, Partial<NewLead>, boolean])[] = [
    ['a rule for everything', {}, {}, true],
    ['its source', { sources: ['web', 'leaflet'] }, {}, true],
    ['another source', { sources: ['leaflet'] }, {}, false],
    ['its number', { numberIds: [numberIdOf('main')] }, {}, true],
    ['another number', { numberIds: [numberIdOf('sales')] }, {}, false],
    ['opening hours', { calendarId: calendarIdOf('hours') }, {}, true],
    ['outside opening hours', { calendarId: calendarIdOf('hours') }, { at: sunday }, false],
    ['hours that are gone', { calendarId: calendarIdOf('gone') }, {}, false],
    ['the language of the call', { language: 'cs' }, { language: 'cs' }, true],
    ["the office's language", { language: 'en' }, {}, true],
    ['another language', { language: 'ko' }, { language: 'cs' }, false],
    ['several, not all', { sources: ['web'], numberIds: [numberIdOf('sales')] }, {}, false],
  ];
  it.each(fitting)('by %s', (_, more, asked, fits) => {
    const found = leadOwner(withRules(rule('r', { ...more, ownerUserId: anna })), { ...lead, ...asked });
    expect(found?.by).toBe(fits ? 'rule' : 'duty');
  });

  it('is of the first rule that fits and whose person is there', () => {
    const rules = [
      rule('gone', { ownerUserId: userIdOf('gone') }),
      rule('group', { ownerGroupId: groupIdOf('sales'), passOnMinutes: 15 }),
      rule('late', { ownerUserId: anna }),
    ];
    const owner = { by: 'rule', ruleId: 'group', passOnMinutes: 15, groupId: 'sales' };
    expect(leadOwner(withRules(...rules), { ...lead, answeredBy: boris })).toEqual(owner);
  });

  it('is whoever answered, then whoever is on duty, then nobody', () => {
    expect(leadOwner(withRules(), { ...lead, answeredBy: boris })).toEqual({ by: 'answer', userId: boris });
    expect(leadOwner(withRules(), { ...lead, answeredBy: userIdOf('gone') })).toEqual({ by: 'duty', userId: cyril });
    expect(leadOwner(withRules(), { at: monday })).toBeUndefined();
  });

  it('passes on to the next rule that fits, and in the end to the duty person, not back to who answered', () => {
    const directory = withRules(rule('one', { ownerUserId: anna }), rule('two', { ownerUserId: boris }));
    expect(leadOwner(directory, lead, 'one')).toMatchObject({ ruleId: 'two', userId: boris });
    expect(leadOwner(directory, { ...lead, answeredBy: anna }, 'two')).toEqual({ by: 'duty', userId: cyril });
  });

  it('at the arrival is the rule’s person, else the person called; a caller of ours has their own client', () => {
    const directory = withRules(rule('one', { ownerUserId: boris, sources: ['web'] }));
    const parties = { caller: undefined, called: anna };
    expect(leadOfCall(directory, lead, parties)).toEqual({ responsible: boris, lead: { ruleId: 'one' } });
    expect(leadOfCall(directory, { at: monday }, parties)).toEqual({ responsible: anna });
    expect(leadOfCall(directory, lead, { caller: cyril, called: undefined })).toEqual({ responsible: cyril });
  });
});

describe('at the end of a call', () => {
  const ended = (change: Partial<Parameters<typeof responsibleIfNone>[0]>) => {
    const pbx = fakePbx();
    pbx.post({
      from: 'sip',
      type: 'invite-received',
      call: callIdOf('c1'),
      leg: legIdOf(callIdOf('c1'), 1),
      origin: { kind: 'trunk', trunk: trunkIdOf('provider') },
      caller: { user: '777123456', withheld: false },
      dialled: '+420210000002',
      towards: '192.0.2.10',
    });
    const call = [...pbx.board.view.calls.values()][0];
    if (call === undefined) throw new Error('the call is there');
    return responsibleIfNone({ ...call, ...change });
  };

  it('whoever answered is responsible for what nobody owns, else who is on duty', () => {
    expect(ended({ lead: { duty: cyril }, answeredBy: boris })).toBe(boris);
    expect(ended({ lead: { duty: cyril } })).toBe(cyril);
    expect(ended({ lead: {} })).toBeUndefined();
  });

  it('a rule’s group keeps it, unless one of them answered', () => {
    const groupUsers = [anna];
    expect(ended({ lead: { ruleId: 'r', groupUsers }, answeredBy: boris })).toBeUndefined();
    expect(ended({ lead: { ruleId: 'r', groupUsers }, answeredBy: anna })).toBe(anna);
  });

  it('nothing changes where somebody is responsible, or nothing is made', () => {
    expect(ended({ lead: { duty: cyril }, responsible: anna, answeredBy: boris })).toBeUndefined();
    expect(ended({ lead: { duty: cyril }, answeredBy: boris, makes: 'nothing' })).toBeUndefined();
  });
});

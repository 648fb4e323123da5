/** Which way a call would go, and why: the same answers as the transcripts in test/scenarios/calls/routes.txt play. */
import { explainRoute, type RouteAsked } from '../../../call-router/features/explain-route';
import type { Directory } from '../../../call-router/state/directory';
import { newPerson } from '../../../call-router/state/person';
import { epochMs, numberIdOf, routePlanIdOf, userIdOf } from '../../../call-router/values/ids';
import { office } from '../../fakes/office';
import { calendar, withPlans } from '../../fakes/plans';

const directory = withPlans(office);
/** A Monday, 10:00 in Prague. */
const open = epochMs(Date.UTC(2026, 5, 1, 8));
const sunday = epochMs(Date.UTC(2026, 4, 31, 8));

const whys = (number: string, more: Partial<RouteAsked> = {}, of: Directory = directory): readonly string[] =>
  explainRoute(of, { number: numberIdOf(number), at: open, ...more }).map(({ why }) => why);

const end = 'nothing further: the caller hears that nobody is there, or is refused';

describe('the way of a call', () => {
  it('when the office is closed ends with an announcement, and says which day it is', () => {
    expect(whys('desk', { at: sunday })).toEqual([
      'spoken to in en',
      'is led through desk',
      'closed: Sunday',
      'hears an announcement, and the call ends',
    ]);
  });

  it('on a holiday names it', () => {
    const holiday = { ...calendar, exceptions: [{ date: '06-01', name: 'Day of rest', open: [] }] };
    const changed = { ...directory, calendars: new Map([[calendar.id, holiday]]) };
    expect(whys('desk', {}, changed)).toContain('closed: Day of rest, 2026-06-01');
    const turned = { ...directory, calendars: new Map([[calendar.id, { ...calendar, switch: 'closed' as const }]]) };
    expect(whys('desk', {}, turned)).toContain('closed: switched by hand');
  });

  it('waits for a digit, and goes on without one', () => {
    expect(whys('desk')).toEqual([
      'spoken to in en',
      'is led through desk',
      'open: Monday',
      'hears a greeting',
      'waits for a digit: 1 Sales, 12 Partner, 3 Czech, 4 Message, 5 Own adviser, 6 Late desk, an extension',
      'presses nothing that fits',
      'rings at once Anna, Boris, 20 s',
      'leaves a message for Desk',
    ]);
  });

  it('follows what is pressed: a choice, another menu behind it, an extension', () => {
    expect(whys('desk', { digits: ['3', '1'] }).slice(4)).toEqual([
      'waits for a digit: 1 Sales, 12 Partner, 3 Czech, 4 Message, 5 Own adviser, 6 Late desk, an extension',
      'presses 3',
      'waits for a digit: 1',
      'presses 1',
      'rings at once Anna, Boris, 20 s',
      'leaves a message for Desk',
    ]);
    expect(whys('desk', { digits: ['102'] }).slice(5)).toEqual(['presses 102: rings Boris', end]);
    expect(whys('desk', { digits: ['103'] }).slice(5)).toEqual(['presses 103: rings Cyril', end]);
    expect(whys('desk', { digits: ['6'] }).slice(5)).toEqual([
      'presses 6',
      'is led on through in-turn',
      'rings one after the other Anna, Boris, 15 s',
      end,
    ]);
  });

  it('rings whoever is responsible for a known client first; then the rest, then the fallback', () => {
    const rest = ['rings at once Anna, 20 s', "nobody took it: the number's fallback", 'leaves a message for Desk'];
    const asked = { clientResponsible: userIdOf('u102') };
    expect(whys('quiet', asked).slice(2)).toEqual(['rings Boris, who is responsible, 12 s', ...rest]);
    expect(whys('quiet').slice(2)).toEqual(['nobody is known to be responsible', ...rest]);
    const left = { clientResponsible: userIdOf('gone') };
    expect(whys('quiet', left).slice(2)).toEqual(['nobody is known to be responsible', ...rest]);
  });

  it('says what is gone', () => {
    expect(whys('gone')).toEqual([
      'spoken to in en',
      'is led through what is gone',
      "nobody took it: the number's fallback",
      'rings Boris',
      end,
    ]);
    expect(whys('back-up').slice(1, 3)).toEqual(['rings people who are gone', "nobody took it: the number's fallback"]);
    expect(whys('unheard of')).toEqual(['this number is none of ours']);
  });

  it('that is a circle is stopped and says so', () => {
    expect(whys('circle').slice(1)).toEqual([
      'is led through circle',
      'is led on through circle',
      'has been here already: stopped',
      end,
    ]);
  });

  it('names plan, step and people for a page that draws it', () => {
    const steps = explainRoute(directory, { number: numberIdOf('delayed'), at: open });
    expect(steps).toContainEqual({
      kind: 'ring',
      why: 'rings each after a while Anna, Boris, 30 s',
      userIds: [userIdOf('u101'), userIdOf('u102')],
      plan: routePlanIdOf('delayed'),
      step: 'people',
    });
    expect(whys('box')).toEqual(['spoken to in cs', 'leaves a message for Desk']);
    expect(whys('main').slice(1)).toEqual(['rings Anna', end]);
    expect(whys('sales').slice(1)).toEqual(['rings Anna, Boris', end]);
    expect(whys('away').slice(1)).toEqual(['rings +420777000999 on second', end]);
  });
});

describe('people who would not be rung', () => {
  const nobody = { person: () => ({ ...newPerson, forwards: { noAnswer: 'voicemail' } }), hasPhone: () => false };
  it('are named, with where their calls go unless the plan says what comes next', () => {
    expect(whys('main', { people: nobody })[2]).toBe('Anna has no phone that is on: the call goes to their mailbox');
    expect(whys('desk', { people: nobody })).toContain('Boris has no phone that is on');
  });
});

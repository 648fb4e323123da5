/** Somebody leaves, with their phone registered: it is rung no more and let in no more, and their number rings the colleague. */
import { nextCall } from './call-tools';
import { openOffice, type RunningOffice, until } from './running-office';

describe('a dismissed person', () => {
  let office: RunningOffice;
  beforeAll(async () => {
    office = await openOffice();
  }, 60_000);
  afterAll(() => office?.close());

  it('is gone from the registrar at once, and the colleague’s phone rings for what was theirs', async () => {
    const { api } = office.service;
    const provider = await office.provider('PCMA');
    const leaver = await office.phone(office.anna.desk);
    const heir = await office.phone(office.boris.desk);
    const rings = { toLeaver: 0 };
    leaver.onCall = () => void rings.toLeaver++;
    await api.post(`/api/users/${office.anna.id}/dismissal`, { successorUserId: office.boris.id });
    expect(await leaver.register()).toBeGreaterThanOrEqual(401);
    const rung = nextCall(heir);
    const outside = await provider.call(office.main, { from: '+420777123456' });
    const inside = await rung;
    inside.ring();
    await outside.ringing;
    inside.answer();
    await Promise.all([outside.answered, inside.answered]);
    await outside.hangUp();
    await inside.ended;
    outside.audio.close();
    inside.audio.close();
    expect(rings.toLeaver).toBe(0);
    const live = (): Promise<{ items: readonly object[] }> => api.get('/api/live');
    await until(live, ({ items }) => items.length === 0);
  });
});

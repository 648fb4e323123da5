/** The phone in the page, as transcripts that people read (phone.txt). */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { decidePhone } from '../../../softphone/src/phone/decide-phone';
import type { PhoneEvent } from '../../../softphone/src/phone/phone-event';
import { checkPhone, phoneAtStart } from '../../../softphone/src/phone/phone-state';
import { played, type Scene, scenesIn } from './transcript';

const scenes = scenesIn(readFileSync(path.join(__dirname, 'phone.txt'), 'utf8'));

it('has scenes', () => expect(scenes.length).toBeGreaterThan(20));

it.each(scenes.map((scene) => [scene.title, scene] as const))('%s', (_title, scene: Scene) => {
  expect(played(scene)).toEqual(scene.lines);
});

it('keeps its invariants whatever happens in whatever order', () => {
  let seed = 7;
  const draw = (below: number): number => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed % below;
  };
  const account = { username: 'a', password: 'p', realm: 'r', path: '/api/sip', domain: 'd' };
  let state = phoneAtStart;
  for (let step = 0; step < 20_000; step++) {
    const id = String(draw(6));
    const at = step;
    const offer = { callId: id, legId: `${id}.2`, token: 't', until: step + draw(50) };
    const of = draw(3) === 0 ? 'another' : 'this-browser';
    const events: readonly PhoneEvent[] = [
      { type: 'lead-won' },
      ...(draw(20) === 0 ? [{ type: 'logged-out' } as const] : []),
      { type: 'account-given', account: { ...account, username: draw(10) === 0 ? 'b' : 'a' } },
      ...(draw(20) === 0 ? [{ type: 'account-gone' } as const] : []),
      { type: 'socket-opened' },
      { type: 'register-accepted', id: `r${step}`, at },
      ...(draw(9) === 0 ? [{ type: 'register-refused' } as const] : []),
      ...(draw(5) === 0 ? [{ type: 'socket-closed', chance: 0.5 } as const, { type: 'network-changed' } as const] : []),
      { type: 'retry-due' },
      { type: 'path-doubted' },
      { type: 'call-arrived', call: { id: `n${step}`, callId: id, number: '1' } },
      { type: 'asked-dial', id: `d${step}`, wish: { kind: 'number', to: '2' } },
      { type: 'call-named', id, callId: id },
      { type: 'legs-told', callId: `x${id}`, legIds: [`${id}.2`] },
      { type: 'resume-offered', offer, of, id: `o${step}`, at },
      { type: 'microphone-opened', label: 'x' },
      { type: 'microphone-failed', problem: 'missing' },
      { type: 'microphone-ended' },
      { type: 'devices-changed' },
      { type: 'pressed-hook' },
      { type: 'pressed-mute' },
      ...state.calls.flatMap(({ id: of }) => [
        { type: 'asked-answer', id: of } as const,
        { type: 'call-alerting', id: of, hears: 'ringback' } as const,
        { type: 'call-established', id: of, at } as const,
        { type: 'asked-hold', id: of } as const,
        { type: 'asked-resume', id: of } as const,
        { type: 'hold-refused', id: of } as const,
        { type: 'unhold-refused', id: of, at, status: 500 } as const,
        { type: 'audio-lost', id: of } as const,
        { type: 'restart-failed', id: of, at, status: draw(2) === 0 ? 481 : 491 } as const,
        { type: 'call-ended', id: of, at } as const,
      ]),
    ];
    const event = events[draw(events.length)];
    if (event !== undefined) ({ state } = decidePhone(state, event));
    checkPhone(state);
  }
  expect(state.leads).toBe(true);
});

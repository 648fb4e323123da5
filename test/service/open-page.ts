/**
 * A page of the desk on the running service, without a browser: its log-in, its desk socket, its phone over /api/sip, and audio
 * as plain RTP (which an offer may ask for by itself). So what is tested of a lost connection is all of ours but WebRTC.
 */
import { WebSocket } from 'ws';
import { Speaker } from '../../demo/phone/speaker';
import type { BrowserPhone } from '../../server/api/desk-messages';
import { acknowledge } from '../sip-gateway/office';
import { authorization, challengeIn, newCallId, type RawMessage, type Request } from '../sip-gateway/raw-phone';
import { openWsPhone, type WsPhone } from '../sip-gateway/ws-phone';
import { TestPage } from '../server/api/desk/test-page';
import { clock, type RunningOffice } from './running-office';

export interface OpenPage {
  readonly desk: TestPage;
  readonly account: BrowserPhone;
  readonly sip: WsPhone;
  readonly audio: Speaker;
  /** The status of its REGISTER. */
  register(): Promise<number>;
  /** Calls, proves itself, acknowledges; gives the final answer. */
  call(user: string): Promise<{ readonly request: Request; readonly answer: RawMessage }>;
  /** All its connections at once, as a reload does; its audio stops if it is told so. */
  vanish(audio: 'silent' | 'goes on'): Promise<void>;
}

export async function logIn(office: RunningOffice, login: string): Promise<string> {
  const answer = await fetch(`${office.service.url}/api/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ login, password: 'a long password' }),
  });
  return answer.headers.getSetCookie()[0]?.split(';', 1)[0] ?? '';
}

export async function openPage(office: RunningOffice, cookie: string): Promise<OpenPage> {
  const headers = { origin: office.service.url, cookie };
  const place = `ws://127.0.0.1:${office.service.ports.http}`;
  const desk = new TestPage(new WebSocket(`${place}/api/desk`, { headers }));
  desk.socket.on('message', (bytes: Buffer) => {
    const { type, count } = JSON.parse(bytes.toString());
    if (type === 'are-you-there') desk.say({ type: 'here', count });
  });
  const { phone: account } = await desk.hear('welcome', ({ phone }) => phone !== undefined);
  if (account === undefined) throw new Error('the page got no phone');
  const sip = await openWsPhone(`${place}${account.path}`, { headers });
  const audio = await Speaker.open('PCMA', clock);
  office.closers.push(() => audio.close());
  return {
    desk,
    account,
    sip,
    audio,
    ...phoneOf({ account, sip, audio }),
    vanish: (how) => vanish({ desk, sip, audio }, how),
  };
}

type Parts = Pick<OpenPage, 'account' | 'sip' | 'audio'>;

function phoneOf({ account, sip: { phone }, audio }: Parts): Pick<OpenPage, 'register' | 'call'> {
  const { username, domain } = account;
  const proven = async (request: Request): Promise<{ readonly request: Request; readonly answer: RawMessage }> => {
    const asked = await phone.ask(request);
    if (request.method === 'INVITE') acknowledge(phone, request, asked);
    const { method, uri } = request;
    const line = authorization({ challenge: challengeIn(asked), username, password: account.password, method, uri });
    const again = { ...request, cseq: request.cseq + 1, lines: [...(request.lines ?? []), line] };
    return { request: again, answer: await finalOf(phone, again) };
  };
  const party = `<sip:${username}@${domain}>`;
  const base = { from: `${party};tag=${newCallId()}`, cseq: 1 };
  return {
    async register() {
      const lines = [phone.contact('page')];
      const register = { ...base, method: 'REGISTER', uri: `sip:${domain}`, to: party, callId: newCallId(), lines };
      return (await proven(register)).answer.status;
    },
    async call(user) {
      const uri = `sip:${user}@${domain}`;
      const lines = [phone.contact('page'), 'Content-Type: application/sdp'];
      const invite = { ...base, method: 'INVITE', uri, to: `<${uri}>`, callId: newCallId(), lines, body: audio.sdp() };
      const called = await proven(invite);
      acknowledge(phone, called.request, called.answer);
      if (called.answer.status === 200) audio.connect(called.answer.body);
      return called;
    },
  };
}

async function finalOf(phone: WsPhone['phone'], request: Request): Promise<RawMessage> {
  phone.send(phone.textOf(request));
  for (;;) {
    const answer = await phone.response(request);
    if (answer.status >= 200) return answer;
  }
}

async function vanish(
  { desk, sip, audio }: Pick<OpenPage, 'desk' | 'sip' | 'audio'>,
  how: 'silent' | 'goes on',
): Promise<void> {
  if (how === 'silent') audio.stop();
  desk.socket.terminate();
  await sip.cut();
}

/**
 * The tabs of one browser have one phone: the tab that leads (lead.ts) has the line and rings, the others show what it says and
 * send it what is pressed in them.
 */
import { Lead } from './lead';
import type { PhoneCommand, PhoneNews } from './phone-event';
import type { PhoneState } from './phone-state';

const name = 'trunkline-phone';

type Said =
  | { readonly says: 'state'; readonly state: PhoneState }
  | { readonly says: 'news'; readonly news: PhoneNews }
  | { readonly says: 'command'; readonly command: PhoneCommand }
  /** A tab that was just opened. */
  | { readonly says: 'hello' };

export interface TabsListener {
  readonly lead: () => void;
  readonly state: (state: PhoneState) => void;
  readonly news: (news: PhoneNews) => void;
  readonly command: (command: PhoneCommand) => void;
  readonly hello: () => void;
}

export interface Tabs {
  readonly sayState: (state: PhoneState) => void;
  readonly sayNews: (news: PhoneNews) => void;
  readonly sayCommand: (command: PhoneCommand) => void;
  /** Somebody is logged in here. */
  readonly askLead: () => void;
  /** Nobody is any more. */
  readonly giveUpLead: () => void;
}

export function joinTabs(listener: TabsListener): Tabs {
  const channel = new BroadcastChannel(name);
  const say = (said: Said): void => channel.postMessage(said);
  channel.addEventListener('message', ({ data }: MessageEvent<Said>) => hear(data, listener));
  say({ says: 'hello' });
  const lead = new Lead('locks' in navigator ? navigator.locks : undefined, listener.lead);
  lead.ask();
  return {
    askLead: () => lead.ask(),
    giveUpLead: () => lead.giveUp(),
    sayState: (state) => say({ says: 'state', state }),
    sayNews: (news) => say({ says: 'news', news }),
    sayCommand: (command) => say({ says: 'command', command }),
  };
}

function hear(said: Said, listener: TabsListener): void {
  switch (said.says) {
    case 'state':
      return listener.state(said.state);
    case 'news':
      return listener.news(said.news);
    case 'command':
      return listener.command(said.command);
    case 'hello':
      return listener.hello();
  }
}

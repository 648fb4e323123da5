/**
 * The tabs of one browser have one phone: the tab that holds the lock (Web Locks) has the line and rings, the others show what it says and
 * send it what is pressed in them. When it closes, the next one takes the lock by itself.
 */
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
}

export function joinTabs(listener: TabsListener): Tabs {
  const channel = new BroadcastChannel(name);
  const say = (said: Said): void => channel.postMessage(said);
  channel.addEventListener('message', ({ data }: MessageEvent<Said>) => hear(data, listener));
  say({ says: 'hello' });
  // Without locks (a page that is not secure) there is no microphone either: each tab is on its own.
  if ('locks' in navigator) void navigator.locks.request(name, () => holdForGood(listener.lead));
  else listener.lead();
  return {
    sayState: (state) => say({ says: 'state', state }),
    sayNews: (news) => say({ says: 'news', news }),
    sayCommand: (command) => say({ says: 'command', command }),
  };
}

/** The browser lets go of it when the tab is closed, crashes or is loaded anew. */
function holdForGood(lead: () => void): Promise<never> {
  lead();
  return new Promise(() => undefined);
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

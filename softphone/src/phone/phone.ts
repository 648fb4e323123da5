/**
 * The phone of this tab: keeps its state, gives each event to decide-phone.ts and has the effects carried out. A tab that does not lead
 * shows the leader's state and passes on what is pressed.
 */
import type { BrowserPhone, ToDesk } from '../../../server/api/desk-messages';
import type { LiveCall } from '../../../server/api/messages';
import { deskSocket } from '../api/desk-socket';
import { now } from '../clock';
import { watchAudioChoice } from './audio-choice';
import { decidePhone } from './decide-phone';
import { headsetKeys } from './headset-keys';
import { newId } from './identity';
import { keptSound, noteLegs } from './own-legs';
import type { PhoneCommand, PhoneEvent, PhoneNews } from './phone-event';
import { type PhoneState, phoneAtStart } from './phone-state';
import { EffectRunner } from './run-phone-effect';
import { joinTabs, type Tabs } from './tabs';
import { watchNetwork } from './watch-network';

class Phone {
  private own: PhoneState = phoneAtStart;
  private leader: PhoneState | undefined;
  private readonly watchers = new Set<() => void>();
  private readonly newsListeners = new Set<(news: PhoneNews) => void>();
  private readonly runner = new EffectRunner({
    post: (event) => this.post(event),
    tell: (news) => this.tell(news),
    pathDied: () => {
      this.hasPathDied = true;
    },
  });
  private tabs: Tabs | undefined;
  /** Since the line was registered. */
  private hasPathDied = false;
  private userId: string | undefined;

  /** What the person sees: of the tab that has the line. */
  readonly state = (): PhoneState => (this.own.leads ? this.own : (this.leader ?? this.own));

  readonly watch = (watcher: () => void): (() => void) => {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  };

  hearNews(listener: (news: PhoneNews) => void): () => void {
    this.newsListeners.add(listener);
    return () => this.newsListeners.delete(listener);
  }

  /** Begins to be a phone; once for each load of the page. */
  start(): void {
    if (this.tabs !== undefined) return;
    this.tabs = joinTabs({
      lead: () => {
        this.post({ type: 'lead-won' });
        void headsetKeys.begin((command) => this.post(command)).catch(() => undefined); // in use elsewhere: works without
      },
      state: (state) => this.mirror(state),
      news: (news) => this.heard(news),
      command: (command) => this.own.leads && this.post(command),
      hello: () => this.own.leads && this.tabs?.sayState(this.own),
    });
    deskSocket.subscribe((message) => this.told(message));
    watchNetwork((event) => this.post(event));
    watchAudioChoice(() => {
      this.runner.moveToSpeakers();
      this.post({ type: 'devices-changed' });
    });
  }

  /** Another tab may be logged in by now: the phone goes to it. */
  loggedOut(): void {
    this.leader = undefined;
    this.post({ type: 'logged-out' });
    headsetKeys.end();
    this.tabs?.giveUpLead();
  }

  /** Pressed in this tab, or on the headset. */
  command(command: PhoneCommand): void {
    if (this.own.leads) this.post(command);
    else this.tabs?.sayCommand(command);
  }

  /** Whether it is this tab that lets calls ring. */
  readonly rings = (): boolean => this.own.leads;

  /** What the microphone hears; only in the tab that leads. */
  readonly heardByMicrophone = (): MediaStream | undefined => this.runner.microphone.heard();

  private told(message: ToDesk): void {
    switch (message.type) {
      case 'welcome':
        this.userId = message.userId;
        return this.welcome(message.phone);
      case 'calls':
        return message.calls.forEach((call) => this.toldOf(call));
      case 'call':
        return this.toldOf(message.call);
      case 'resume': {
        const { callId, legId, token, forMs } = message;
        const at = now();
        const was = keptSound(legId);
        const offer = { callId, legId, token, until: at + forMs, ...(was === undefined ? {} : { was }) };
        const of = was === undefined ? 'another' : 'this-browser';
        return this.post({ type: 'resume-offered', offer, of, id: newId(), at });
      }
      case 'goodbye':
        return message.why === 'logged-out' ? this.loggedOut() : undefined;
      default:
        return undefined; // not the phone's
    }
  }

  private toldOf({ id: callId, legs }: LiveCall): void {
    const mine = legs.filter(({ userId, state }) => userId === this.userId && state !== 'ended');
    this.post({ type: 'legs-told', callId, legIds: mine.map(({ id }) => id) });
  }

  private welcome(account: BrowserPhone | undefined): void {
    this.tabs?.askLead();
    this.post(account === undefined ? { type: 'account-gone' } : { type: 'account-given', account });
  }

  private post(event: PhoneEvent): void {
    if (event.type === 'register-accepted' && this.hasPathDied) this.renewDeskSocket();
    const { state, effects } = decidePhone(this.own, event);
    const isNew = state !== this.own;
    this.own = state;
    this.runner.show(state);
    for (const effect of effects) this.runner.run(effect);
    if (!isNew) return;
    noteLegs(state);
    if (state.leads) this.tabs?.sayState(state);
    this.changed();
  }

  /** It died on the same path. Not before the phone is back: Chromium opens WebSockets of one host one after the other. */
  private renewDeskSocket(): void {
    this.hasPathDied = false;
    deskSocket.noteNetworkLost();
    deskSocket.retryNow();
  }

  private mirror(state: PhoneState): void {
    if (this.own.leads) return;
    this.leader = state;
    this.changed();
  }

  private tell(news: PhoneNews): void {
    this.tabs?.sayNews(news);
    this.heard(news);
  }

  private heard(news: PhoneNews): void {
    for (const listener of [...this.newsListeners]) listener(news);
  }

  private changed(): void {
    for (const watcher of [...this.watchers]) watcher();
  }
}

/** The page's own. */
export const phone = new Phone();

/**
 * The desk socket (`/api/desk`, docs/DESK-SOCKET.md): pages come and go, and what changes is told to those whom it concerns.
 * It looks at the switchboard and never decides; a call costs it nothing while no page is open.
 */
import type { WebSocket } from 'ws';
import type { Change, PbxView } from '../../../call-router/state/view';
import { type CallId, userIdOf } from '../../../call-router/values/ids';
import type { Clock } from '../../clock';
import type { Concerned } from '../../database-writes';
import type { DeskLimits } from '../../limits';
import type { Metrics } from '../../metrics';
import type { AskReading } from '../deps';
import type { ToDesk } from '../desk-messages';
import type { Entrant, GoodbyeReason } from '../open-sockets';
import type { SocketRoute } from '../upgrades';
import { membersOf } from '../who-asks';
import { Audience } from './audience';
import { CardFeed } from './card-feed';
import { DeskPage, type PageEnd } from './desk-page';
import { LiveFeed } from './live-feed';
import { type BrowserPhones, PhoneLeases } from './phone-leases';
import { PresenceFeed } from './presence-feed';
import { QualityFeed, type ShownQuality } from './quality-feed';
import { type ResumeOffer, ResumeOffers } from './resume-offers';
import { WaitingFeed } from './waiting-feed';

export interface DeskHubParts {
  readonly view: PbxView;
  readonly clock: Clock;
  readonly reading: AskReading;
  readonly limits: DeskLimits;
  readonly metrics: Metrics;
  readonly log: { readonly warn: (fields: object, message: string) => void };
  readonly phones: BrowserPhones;
  /** A call is looked at, or no more: the router is asked for its quality. */
  readonly watchQuality: (call: CallId, is: 'on' | 'off') => void;
}

export class DeskHub {
  private readonly parts: DeskHubParts;
  private readonly audience = new Audience();
  private readonly live: LiveFeed;
  private readonly cards: CardFeed;
  private readonly presence: PresenceFeed;
  private readonly waiting: WaitingFeed;
  private readonly resumes: ResumeOffers;
  private readonly phones: PhoneLeases;
  private readonly quality: QualityFeed;

  constructor(parts: DeskHubParts) {
    this.parts = parts;
    const { limits, view } = parts;
    const shared = { ...parts, audience: this.audience };
    this.live = new LiveFeed({ ...shared, tickMs: limits.tickMs });
    this.cards = new CardFeed(shared);
    this.presence = new PresenceFeed({ ...shared, tickMs: limits.tickMs });
    this.waiting = new WaitingFeed({
      ...shared,
      directory: () => view.directory,
      countAfterMs: limits.countAfterMs,
    });
    this.phones = new PhoneLeases(parts.phones, parts.clock);
    this.quality = new QualityFeed({ view, watch: parts.watchQuality });
    this.resumes = new ResumeOffers(shared);
    parts.metrics.describe('trunkline_desk_closed_total', 'Desk sockets that ended, by why');
    parts.metrics.gauge('trunkline_desk_sockets', 'Open desk sockets', () => [{ value: this.audience.all().size }]);
  }

  /** Where the door lets pages in (upgrades.ts). */
  route(): SocketRoute {
    const { limits } = this.parts;
    return {
      path: '/api/desk',
      messageSizeBytesMax: limits.messageSizeBytesMax,
      perLoginMax: limits.pagesPerLoginMax,
      isReady: () => this.audience.all().size < limits.pagesMax,
      opened: (socket, entrant) => this.open(socket, entrant),
      ending: (socket, why, entrant) => {
        if (why !== 'server-stops') this.phones.end(entrant);
        sayGoodbye(socket, why);
      },
    };
  }

  /** What the switchboard has changed. */
  readonly observe = (changes: readonly Change[]): void => {
    if (this.audience.isEmpty()) return;
    if (changes.some(({ set }) => set === 'directory')) this.noteDirectory();
    this.live.note(changes);
    this.cards.note(changes);
    this.presence.note(changes);
    this.quality.note(changes);
  };

  /** What was written concerns these. */
  readonly noteWrite = (concerned: Concerned): void => this.waiting.note(concerned);

  /** What the router wants told. */
  readonly offerResume = (effect: ResumeOffer): void => this.resumes.add(effect);

  readonly showQuality = (effect: ShownQuality): void => this.quality.show(effect);

  /** A page of this log-in is open, and its scripts run. */
  readonly isOpen = (loginId: string): boolean => this.audience.isAwake(loginId);

  /** Calls of which something is kept for the pages: none without a page, none that is over. */
  callsKept(): number {
    return this.live.size + this.cards.size;
  }

  stop(): void {
    this.live.stop();
    this.presence.stop();
    this.waiting.stop();
  }

  private open(socket: WebSocket, entrant: Entrant): void {
    const page: DeskPage = new DeskPage({
      socket,
      entrant,
      clock: this.parts.clock,
      limits: this.parts.limits,
      told: {
        said: (one, { callId }) => this.quality.look(one, callId),
        fellAsleep: (one) => this.presence.notePerson(userIdOf(one.userId)),
        wokeUp: (one) => this.wake(one),
        gone: (one, why) => this.leave(one, why),
      },
    });
    page.viewer = this.viewerNow(page);
    this.audience.add(page);
    this.phones.welcome(page);
    this.tellAll(page);
    this.presence.notePerson(userIdOf(page.userId));
  }

  private tellAll(page: DeskPage): void {
    this.live.join(page);
    this.presence.join(page);
    this.waiting.join(page);
    this.resumes.join(page);
    this.cards.join(page);
  }

  /** It was told nothing while it slept. */
  private wake(page: DeskPage): void {
    this.presence.notePerson(userIdOf(page.userId));
    this.tellAll(page);
  }

  private leave(page: DeskPage, why: PageEnd): void {
    this.parts.metrics.count('trunkline_desk_closed_total', { why });
    this.phones.leave(page);
    this.audience.remove(page);
    this.live.leave(page);
    this.cards.leave(page);
    this.quality.leave(page);
    this.waiting.leave(page);
    if (this.audience.isEmpty()) this.rest();
    else this.presence.notePerson(userIdOf(page.userId));
  }

  private rest(): void {
    this.live.rest();
    this.cards.rest();
    this.presence.rest();
  }

  /** Whom somebody leads decides what they see. */
  private noteDirectory(): void {
    for (const page of [...this.audience.all()]) {
      const viewer = this.viewerNow(page);
      if (viewer.members?.join() === page.viewer.members?.join()) continue;
      this.audience.remove(page);
      page.viewer = viewer;
      this.audience.add(page);
      this.live.join(page);
    }
    this.waiting.note('everybody');
  }

  private viewerNow({ viewer, userId }: DeskPage): DeskPage['viewer'] {
    return { ...viewer, members: membersOf(userId, { directory: () => this.parts.view.directory }) };
  }
}

function sayGoodbye(socket: WebSocket, why: GoodbyeReason): void {
  socket.send(JSON.stringify({ type: 'goodbye', why } satisfies ToDesk));
}

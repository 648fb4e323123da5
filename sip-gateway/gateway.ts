/**
 * SIP for the router: starts the links to the engines, hands each request to its receiver and each effect to its runner.
 * Written against drachtio-srf; whether the engine is the embedded one or a farm of drachtio-servers is only a link.
 */
import type { SipEffect } from '../call-router/effect';
import type { Binding } from '../call-router/state/view';
import { type Account, type AccountBook, accountBook, type DeviceAccount } from './accounts';
import type { GatewayAccounts, TrunkAccount } from './accounts';
import { BindingWatch } from './binding-watch';
import { Bindings, ownerOf, seenByRouter, type StoredBinding } from './bindings';
import { Guests } from './guests';
import type { FlowEnd } from './leg-flows';
import { Legs } from './legs';
import { flowLost, flowReplaced, linkLost } from './lost-flow';
import type { Gateway, GatewayCounters, GatewayOptions } from './gateway-options';
import { MessageLamps } from './message-lamps';
import { Nonces } from './nonces';
import type { OutgoingParts } from './place-invite';
import { receiveInDialog } from './receive-in-dialog';
import { receiveInvite } from './receive-invite';
import { receiveOptions, receiveOther } from './receive-options';
import { receiveRegister } from './receive-register';
import { receiveInSubscription, receiveSubscribe } from './receive-subscribe';
import { runSipEffect } from './run-sip-effect';
import { SourceGuard } from './source-guard';
import { connectLink, type ReceivedRequest, type SipLink } from './srf-link';
import { Subscriptions } from './subscriptions';
import { testTrunk, type TrunkTest } from './test-trunk';
import { TrunkAddressBook } from './trunk-addresses';
import { TrunkWatch } from './trunk-watch';
import { trunkOf } from './who-calls';

type IncomingParts = Parameters<typeof receiveInvite>[0] &
  Parameters<typeof receiveSubscribe>[0] &
  Parameters<typeof receiveInDialog>[0];

const sweepMs = 30_000;
const connectWithinMs = 5_000;

/** Resolves when the bindings are restored and the first engine is connected, or has had 5 s for it. */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const gateway = new SipGateway(options);
  await gateway.start();
  return gateway;
}

class SipGateway implements Gateway {
  private readonly options: GatewayOptions;
  private readonly legs = new Legs();
  private readonly bindings: Bindings;
  private readonly watch: BindingWatch;
  private readonly guard: SourceGuard;
  private readonly nonces: Nonces;
  private readonly addresses: TrunkAddressBook;
  private readonly trunkWatch: TrunkWatch;
  private readonly links: SipLink[] = [];
  private readonly subscriptions: Subscriptions;
  private readonly messageLamps: MessageLamps;
  private readonly incoming: IncomingParts;
  private readonly outgoing: OutgoingParts;
  private readonly guests = new Guests();
  private book: AccountBook;
  private strangers = 0;
  private nextLink = 0;
  private cancelSweep: () => void = () => undefined;
  private firstUp: () => void = () => undefined;

  constructor(options: GatewayOptions) {
    const { clock, post, realm, country, ownHosts, ban } = options;
    this.options = options;
    this.book = this.bookOf(options.accounts);
    this.bindings = new Bindings(clock, {
      changed: (of, bindings) => this.bindingsChanged(of, bindings),
      added: (binding) => this.bindingAdded(binding),
      gone: (id) => this.bindingGone(id),
    });
    this.watch = new BindingWatch({
      bindings: this.bindings,
      link: (name) => this.linkFor(name),
      clock,
      dead: ({ media, source }) => (media === 'webrtc' ? options.endFlow?.(source.address, source.port) : undefined),
    });
    this.nonces = new Nonces(clock);
    this.addresses = new TrunkAddressBook(clock);
    this.trunkWatch = new TrunkWatch({ link: () => this.linkFor(), clock, addresses: this.addresses, post });
    this.subscriptions = new Subscriptions({ clock, seen: this.legs.watched.bind(this.legs) });
    const { legs, bindings, nonces, subscriptions } = this;
    const book = () => this.book;
    const addresses = {
      addressesOf: this.addresses.addressesOf.bind(this.addresses),
      registeredFrom: (address: string, port: number) => this.trunksFrom(address, port),
    };
    this.guard = new SourceGuard({ clock, bindings, addresses: this.addresses, known: addresses, book, ban });
    const { failures } = this.guard;
    const sourceOf = (request: ReceivedRequest) => this.guard.sourceOf(request);
    const isRegisteredHere = (account: Account, { source_address, source_port }: ReceivedRequest): boolean =>
      bindings
        .ofAccount(ownerOf(account))
        .some(({ source }) => source.address === source_address && source.port === source_port);
    const proof = { book, nonces, failures, realm, ownHosts, sourceOf, isRegisteredHere };
    const session = { legs, clock, post, enginesRefresh: options.enginesRefresh ?? false };
    this.incoming = { ...proof, ...session, addresses, bindings, subscriptions };
    const link = (name?: string) => this.linkFor(name);
    this.messageLamps = new MessageLamps({ bindings, subscriptions, book, link, realm });
    this.outgoing = {
      ...session,
      bindings,
      subscriptions,
      messageLamps: this.messageLamps,
      book,
      link,
      realm,
      country,
    };
  }

  async start(): Promise<void> {
    const { clock, log, links, loadBindings } = this.options;
    const up = new Promise<void>((resolve) => {
      const giveUp = clock.after(connectWithinMs, resolve);
      this.firstUp = () => {
        giveUp();
        resolve();
      };
    });
    for (const address of links) {
      const link = connectLink(address, {
        request: (request, from) => this.receive(request, from),
        up: () => this.linkUp(),
        down: (lost) => this.linkDown(lost),
        log,
      });
      this.links.push(link);
    }
    this.bindings.restore(await loadBindings());
    this.configureWith(this.book);
    this.sweepLater();
    await up;
  }

  run(effect: SipEffect): void {
    try {
      runSipEffect(this.outgoing, effect);
    } catch (error) {
      this.options.log.error(
        { error, effect: effect.do, ...('leg' in effect ? { leg: effect.leg } : {}) },
        'SIP effect failed',
      );
    }
  }

  configure(accounts: GatewayAccounts): void {
    this.configureWith(this.bookOf(accounts));
  }

  admit(account: DeviceAccount): void {
    this.guests.admit(account);
  }

  dismiss(username: string): void {
    this.guests.dismiss(username);
    this.bindings.keepOnly((binding) => binding.username !== username);
  }

  flowLost(flow: FlowEnd): void {
    flowLost(this.incoming, flow);
  }

  flowsLost(): void {
    this.bindings.keepOnly(({ source }) => source.protocol === 'udp');
  }

  testTrunk(trunk: TrunkAccount): Promise<TrunkTest> {
    const { clock } = this.options;
    const isRegistered = this.trunkWatch.isRegisteredAs(trunk);
    return testTrunk({ link: this.linkFor(), clock, isRegistered }, trunk);
  }

  async stop(): Promise<void> {
    this.cancelSweep();
    this.watch.stop();
    this.subscriptions.stop();
    await this.trunkWatch.stop();
    this.bindings.stop();
    this.addresses.stop();
    for (const link of this.links) link.close();
  }

  ready(): boolean {
    return this.links.some((link) => link.isUp());
  }

  counters(): GatewayCounters {
    const { legs, bindings, subscriptions, strangers } = this;
    const sizes = { legs: legs.size, bindings: bindings.size, subscriptions: subscriptions.size };
    return { ...sizes, strangers, ...this.guard.failures.counters };
  }

  private configureWith(book: AccountBook): void {
    this.book = book;
    this.bindings.keepOnly(({ of, username }) => this.guests.isKnown(book, of, username));
    this.subscriptions.keepOnly(
      (of) => this.guests.isKnown(book, of) || (of.kind === 'trunk' && book.trunks.has(of.trunk)),
    );
    this.addresses.configure(book.accounts.trunks);
    this.trunkWatch.configure(book);
  }

  private bookOf(accounts: GatewayAccounts): AccountBook {
    const { realm, contactKey } = this.options;
    return accountBook(accounts, { realm, contactKey, guests: this.guests.accounts });
  }

  private receive(request: ReceivedRequest, link: SipLink): void {
    if (request.stackDialogId !== '') {
      if (!receiveInSubscription(this.incoming, request, link)) receiveInDialog(this.incoming, request, link);
      return;
    }
    if (this.guard.isSilenced(request)) return link.ignore(request);
    switch (request.method) {
      case 'INVITE':
        return receiveInvite(this.incoming, request, link);
      case 'REGISTER':
        return receiveRegister(this.incoming, request, link);
      case 'OPTIONS':
        return receiveOptions(this.optionsParts, request, link);
      case 'SUBSCRIBE':
        return receiveSubscribe(this.incoming, request, link);
      case 'ACK':
        return;
      default:
        return receiveOther(this.optionsParts, request, link);
    }
  }

  private readonly optionsParts = {
    isKnown: (request: ReceivedRequest): boolean =>
      this.bindings.hasSource(request.source_address, request.source_port) ||
      trunkOf(this.book, this.incoming.addresses, request) !== undefined,
    countStranger: (): void => {
      this.strangers++;
    },
  };

  private trunksFrom(address: string, port: number): string[] {
    return this.bindings.fromSource(address, port).flatMap(({ of }) => (of.kind === 'trunk' ? [of.trunk] : []));
  }

  private bindingAdded(binding: StoredBinding): void {
    this.watch.watch(binding);
    this.messageLamps.added(binding);
  }

  private bindingGone(id: string): void {
    this.watch.forget(id);
    this.messageLamps.gone(id);
  }

  private bindingsChanged(of: Binding['of'], bindings: readonly StoredBinding[]): void {
    const { post, clock, saveBindings } = this.options;
    // A refresh may have come over another connection: the calls of that phone are there too.
    for (const { contact, source } of bindings) flowReplaced(this.incoming, contact, source);
    saveBindings(of, bindings);
    post({ from: 'sip', type: 'bindings-changed', at: clock.now(), of, bindings: bindings.map(seenByRouter) });
    if (of.kind === 'trunk' && this.book.trunks.get(of.trunk)?.host === undefined)
      this.trunkWatch.show(of.trunk, bindings.length > 0 ? 'up' : 'down');
  }

  /** The engine that holds a flow; if it is not there any more, or none is named, the engines in turn. */
  private linkFor(name?: string): SipLink | undefined {
    const up = this.links.filter((link) => link.isUp());
    const named = name === undefined ? undefined : up.find((link) => link.name === name);
    return named ?? up[this.nextLink++ % Math.max(1, up.length)];
  }

  private linkUp(): void {
    this.firstUp();
    this.trunkWatch.retry();
  }

  private linkDown(link: SipLink): void {
    this.options.log.error({ link: link.name, legs: this.legs.size }, 'connection to the SIP engine lost');
    this.subscriptions.dropOnLink(link);
    linkLost(this.incoming, link);
  }

  private sweepLater(): void {
    this.cancelSweep = this.options.clock.after(sweepMs, () => {
      this.nonces.sweep();
      this.guard.failures.sweep();
      this.sweepLater();
    });
  }
}

/**
 * Which sources are heard: failures are counted for an address, or for its port alone where phones or trunks of ours live
 * there too, and who guessed too often is silenced, here and in the engine (DESIGN section 7; failures.ts has the numbers).
 */
import type { AccountBook } from './accounts';
import type { Bindings } from './bindings';
import type { GatewayClock } from './clock';
import { Failures } from './failures';
import type { ReceivedRequest } from './srf-link';
import type { TrunkAddressBook } from './trunk-addresses';
import { type TrunkAddresses, trunkOf } from './who-calls';

export interface SourceGuardParts {
  readonly clock: GatewayClock;
  readonly bindings: Bindings;
  readonly addresses: TrunkAddressBook;
  readonly known: TrunkAddresses;
  readonly book: () => AccountBook;
  /** Makes the engine drop everything from an address. */
  readonly ban: ((address: string, ms: number) => void) | undefined;
}

export class SourceGuard {
  readonly failures: Failures;
  private readonly parts: SourceGuardParts;

  constructor(parts: SourceGuardParts) {
    this.parts = parts;
    this.failures = new Failures(parts.clock, (source, ms) => this.silence(source, ms));
  }

  /** What failures of this request are counted under. */
  sourceOf({ source_address: address, source_port: port }: ReceivedRequest): string {
    return this.isShared(address) ? `${address}|${port}` : address;
  }

  isSilenced(request: ReceivedRequest): boolean {
    const { source_address: address, source_port: port } = request;
    const source = `${address}|${port}`;
    if (this.failures.isSilenced(address) || this.failures.isSilenced(source)) return true;
    return this.failures.isSlowed(address) && !this.failures.isProven(source) && !this.isOurs(request);
  }

  private isShared(address: string): boolean {
    return this.parts.bindings.hasAddress(address) || this.parts.addresses.has(address);
  }

  /** A registered phone or a trunk; a trunk's address registers nobody. */
  private isOurs(request: ReceivedRequest): boolean {
    const { bindings, book, known } = this.parts;
    if (bindings.hasSource(request.source_address, request.source_port)) return true;
    return request.method !== 'REGISTER' && trunkOf(book(), known, request) !== undefined;
  }

  private silence(source: string, ms: number): boolean {
    const [address = '', port] = source.split('|');
    // Datagrams can be forged: a registered phone or a trunk is never shut out in somebody else's name.
    if (port !== undefined) return !this.parts.bindings.hasSource(address, Number(port));
    if (this.isShared(address)) return false;
    this.parts.ban?.(address, ms);
    return true;
  }
}

/**
 * Over which connection the far end of each leg is reached now (RFC 5626), so that the legs of one that closes are known. A
 * browser that comes back under its name (RFC 7118 section 5) takes its legs along. UDP has no connection, and one to a trunk is
 * opened again at need: neither is in here.
 */
import type { LegId } from '../call-router/values/ids';
import { parseNameAddr, parseUri } from './header-values';

export interface FlowEnd {
  readonly protocol: string;
  readonly address: string;
  readonly port: number;
}

interface Carried {
  readonly flow: string;
  /** The name in its Contact that only its own connection leads to; undefined: it has an address. */
  readonly name: string | undefined;
}

export class LegFlows {
  private readonly byLeg = new Map<LegId, Carried>();

  get size(): number {
    return this.byLeg.size;
  }

  /** @param contact the Contact field of the far end's INVITE or answer. */
  carry(leg: LegId, end: FlowEnd, contact: string | undefined): void {
    const flow = flowName(end);
    if (flow !== undefined) this.byLeg.set(leg, { flow, name: nameIn(parseNameAddr(contact ?? '')?.uri ?? '') });
  }

  /** The far end spoke from there. */
  heardFrom(leg: LegId, end: FlowEnd): void {
    const [known, flow] = [this.byLeg.get(leg), flowName(end)];
    if (known !== undefined && flow !== undefined && known.flow !== flow) this.byLeg.set(leg, { ...known, flow });
  }

  /** This contact is registered over that connection now. Answers the legs that came along from another one. */
  moved(contact: string, end: FlowEnd): LegId[] {
    const [name, flow] = [nameIn(contact), flowName(end)];
    if (name === undefined || flow === undefined) return [];
    const along = [...this.byLeg].filter(([, known]) => known.name === name && known.flow !== flow);
    for (const [leg] of along) this.byLeg.set(leg, { name, flow });
    return along.map(([leg]) => leg);
  }

  on(end: FlowEnd): LegId[] {
    const flow = flowName(end);
    return [...this.byLeg].filter(([, known]) => known.flow === flow).map(([leg]) => leg);
  }

  forget(leg: LegId): void {
    this.byLeg.delete(leg);
  }
}

/** Undefined: UDP. A proxy that ends TLS makes one of secure and plain WebSocket. */
export function flowName({ protocol, address, port }: FlowEnd): string | undefined {
  return protocol === 'udp' ? undefined : `${protocol === 'wss' ? 'ws' : protocol} ${address} ${port}`;
}

function nameIn(contact: string): string | undefined {
  const uri = parseUri(contact);
  return uri?.host.endsWith('.invalid') === true ? `${uri.user}@${uri.host}` : undefined;
}

/** What the bench and its generator, a process of its own, say to each other. Plain data over the child's channel. */
import type { Percentiles } from './histogram';

/** How the generator is started: its argument, as JSON. */
export interface GeneratorPlace {
  /** Where the calls come from, and where they must arrive. */
  readonly callerPort: number;
  readonly calleePort: number;
  /** Callers are contacts 0 to this, in turn. */
  readonly contacts: number;
  readonly firstNumber: number;
}

export interface HoldOrder {
  readonly do: 'hold';
  readonly sipPort: number;
  readonly calls: number;
  /** New calls a second while they are set up. */
  readonly rate: number;
  readonly settleMs: number;
  readonly windowMs: number;
}

export interface ChurnOrder {
  readonly do: 'churn';
  readonly sipPort: number;
  readonly rate: number;
  /** Of the measured window; before it calls come for `holdMs` and a second. */
  readonly windowMs: number;
  /** From answer to BYE. */
  readonly holdMs: number;
  readonly audio: 'both-ways' | 'none';
  /** The calls go through a menu: this number is dialled, our words are heard, then the digit is pressed (RFC 4733). */
  readonly menu?: MenuToPass;
}

export interface MenuToPass {
  readonly number: string;
  readonly digit: string;
}

export type Order =
  | HoldOrder
  | ChurnOrder
  /** Sockets for two legs a call, without SIP. */
  | { readonly do: 'open-legs'; readonly calls: number }
  /** Audio from each of them to these ports, in the same order. */
  | {
      readonly do: 'run-legs';
      readonly targets: readonly number[];
      readonly settleMs: number;
      readonly windowMs: number;
    };

export interface LoadReport {
  readonly started: number;
  readonly answered: number;
  readonly ended: number;
  /** Why calls failed, counted. */
  readonly failures: Readonly<Record<string, number>>;
  /** Sent again by us, and received again from the service. */
  readonly retransmissions: number;
  /** Calls started while the window lasted. */
  readonly startedInWindow: number;
  readonly packetsSent: number;
  readonly packetsLost: number;
  /** Packets of another call, or of one's own side. */
  readonly crossedPackets: number;
  /** Calls in which a side did not hear the other, or not enough of it. */
  readonly unheardCalls: number;
  /** From sending a packet to reading it at the other end. */
  readonly delayMs: Percentiles;
  /** How late the generator itself sent. */
  readonly lateMs: Percentiles;
  /** INVITE sent, or behind a menu the end of the digit → INVITE received by the callee. */
  readonly inviteMs: Percentiles;
  /** INVITE sent → 200 received. */
  readonly answerMs: Percentiles;
  readonly windowMs: number;
}

export type Notice =
  | { readonly type: 'ready' }
  | { readonly type: 'legs-open'; readonly ports: readonly number[] }
  | { readonly type: 'window-begins' }
  | { readonly type: 'window-ends' }
  | { readonly type: 'report'; readonly report: LoadReport }
  | { readonly type: 'failed'; readonly why: string };

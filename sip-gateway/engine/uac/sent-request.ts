// A request of ours on its way: for the application (or for nobody, when the engine ends a dialog itself).

import type { AppConnection } from '../app-link/app-connection';
import type { Timer } from '../clock';
import type { Dialog } from '../dialog/dialog';
import type { ClientTransaction } from '../transaction/client-transaction';
import type { Flow } from '../transport/flow';
import type { OutgoingRequest, RequestDraft } from './compose-request';

/** A place to try: an existing flow, or an address. */
export type Target =
  | { readonly kind: 'flow'; readonly flow: Flow }
  | { readonly kind: 'address'; readonly wire: Flow['wire']; readonly address: string; readonly port: number };

export interface SentRequest {
  /** The transaction id the application knows. */
  readonly id: string;
  readonly method: string;
  /** Undefined for requests the engine sends for itself. */
  readonly app: AppConnection | undefined;
  /** Written into everything the application gets about it; '' where there is no dialog. */
  readonly dialogId: string;
  readonly draft: RequestDraft;
  /** Places not tried yet (RFC 3263 §4.3). */
  readonly targets: Target[];
  /** The dialog it was sent in; undefined outside. */
  dialog: Dialog | undefined;
  /** Dialogs this INVITE or SUBSCRIBE made, one a fork. */
  readonly forks: Dialog[];
  flow: Flow | undefined;
  outgoing: OutgoingRequest | undefined;
  transaction: ClientTransaction | undefined;
  /** `waiting`: asked for, but no provisional response has come yet (RFC 3261 §9.1). */
  cancel: 'none' | 'waiting' | 'sent';
  /** Header lines for the CANCEL while it waits. */
  cancelLines: string;
  hasFinal: boolean;
  /** Ends the wait for the final response to a cancelled INVITE. */
  cancelTimer: Timer | undefined;
  /** The ACK to its 2xx, to repeat when that is repeated; by To tag. */
  readonly acks: Map<string, { readonly text: string; readonly flow: Flow }>;
}

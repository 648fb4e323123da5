// A request from the network that waits for the application's answer.

import type { AppConnection } from '../app-link/app-connection';
import type { Timer } from '../clock';
import type { Dialog } from '../dialog/dialog';
import type { SipRequest } from '../message/sip-message';
import type { ServerTransaction } from '../transaction/server-transaction';
import type { Flow } from '../transport/flow';

export interface ReceivedRequest {
  /** The transaction id the application answers to. */
  readonly id: string;
  readonly request: SipRequest;
  /** The way the request came. */
  readonly flow: Flow;
  readonly transaction: ServerTransaction;
  readonly app: AppConnection;
  /** The dialog it arrived in, or that it made. */
  dialog: Dialog | undefined;
  /** Our To tag; '' until the first response above 100. */
  localTag: string;
  /** Ends the wait for an application that never answers. */
  patience: Timer | undefined;
}

// Call detail records of the application protocol: attempt, start and stop of each INVITE leg, to one application that asked for
// them with `route|cdr:…`. Nobody asked: one map look-up.

import type { Source } from './app-link/app-connection';
import type { Core } from './core';

export interface Cdr {
  /** Whether the message came from the network or went out for the application. */
  readonly source: Source;
  /** start: `uac` or `uas`; stop: why; attempt: ''. */
  readonly note:
    | ''
    | 'uac'
    | 'uas'
    | 'call-rejected'
    | 'call-canceled'
    | 'normal-release'
    | 'system-initiated-termination';
  readonly text: string;
}

export function reportCdr(core: Core, event: 'attempt' | 'start' | 'stop', cdr: Cdr): void {
  core.apps.appFor(`cdr:${event}`)?.cdr(event, cdr);
}

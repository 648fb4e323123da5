/**
 * What the desktop shows of the calls that ring while nobody looks at the window: a notice a call, from the moment it rings unseen until it
 * rings no more or the person comes back. Looked at again whenever a call or the person comes or goes.
 */

export interface RingingCall {
  /** Stays while it rings. */
  readonly id: string;
  /** Who rings; better known a moment later. */
  readonly words: string;
}

interface Notice {
  readonly close: () => void;
}

interface NoticeParts {
  /** Somebody works in the window. */
  readonly isSeen: () => boolean;
  /** Takes the place of an earlier one of the same call. Undefined: the browser shows none. */
  readonly make: (call: RingingCall) => Notice | undefined;
}

export class CallNotices {
  private readonly parts: NoticeParts;
  private readonly shown = new Map<string, { readonly words: string; readonly notice: Notice | undefined }>();
  private ringing: readonly RingingCall[] = [];

  constructor(parts: NoticeParts) {
    this.parts = parts;
  }

  /** All that ring. */
  ring(calls: readonly RingingCall[]): void {
    this.ringing = calls;
    this.look();
  }

  /** The person comes, goes, or may have. */
  look(): void {
    const wanted = this.parts.isSeen() ? [] : this.ringing;
    for (const [id, { notice }] of this.shown) {
      if (wanted.some((call) => call.id === id)) continue;
      notice?.close();
      this.shown.delete(id);
    }
    for (const call of wanted) {
      if (this.shown.get(call.id)?.words === call.words) continue;
      this.shown.set(call.id, { words: call.words, notice: this.parts.make(call) });
    }
  }
}

/**
 * The calls that go on, to whoever may see them: all at first, then each that is new, changed or gone. One message a call and
 * tick, however much happened to it; only a call that is new, or rings somewhere else, is told at once.
 */
import type { Call } from '../../../call-router/state/call';
import type { Change, PbxView } from '../../../call-router/state/view';
import type { CallId } from '../../../call-router/values/ids';
import type { Clock } from '../../clock';
import type { ToDesk } from '../desk-messages';
import { isToldOfSupervisors, liveCallOf, maySee } from '../live-calls';
import type { Audience } from './audience';
import type { DeskPage } from './desk-page';

export interface LiveFeedParts {
  readonly view: PbxView;
  readonly clock: Clock;
  readonly audience: Audience;
  readonly tickMs: number;
}

/** What was said of a call, and to whom; `''`: within the list of all. */
interface Told {
  readonly pages: Map<DeskPage, string>;
  /** As many legs it had. */
  legs: number;
}

export class LiveFeed {
  private readonly parts: LiveFeedParts;
  private readonly told = new Map<CallId, Told>();
  private changed = new Set<CallId>();
  private tick: { readonly isAtOnce: boolean; readonly cancel: () => void } | undefined;

  constructor(parts: LiveFeedParts) {
    this.parts = parts;
  }

  note(changes: readonly Change[]): void {
    for (const change of changes) {
      if (change.set === 'call') this.noteCall(change.call);
      if (change.set === 'call-gone') this.noteChanged(change.call, 'within-a-tick');
    }
  }

  /** All calls this page may see. */
  join(page: DeskPage): void {
    const seen = [...this.parts.view.calls.values()].filter((call) => maySee(page.viewer, call));
    for (const call of seen) this.toldOf(call).pages.set(page, '');
    page.send({ type: 'calls', calls: seen.map((call) => liveCallOf(page.viewer, call)) });
  }

  leave(page: DeskPage): void {
    for (const { pages } of this.told.values()) pages.delete(page);
  }

  /** Nobody is there: what ends meanwhile is not noted. */
  rest(): void {
    this.stop();
    this.told.clear();
    this.changed.clear();
  }

  stop(): void {
    this.tick?.cancel();
    this.tick = undefined;
  }

  /** Calls of which something is kept. */
  get size(): number {
    return this.told.size;
  }

  private noteCall(call: Call): void {
    const told = this.told.get(call.id);
    this.noteChanged(call.id, told?.legs === call.legs.size ? 'within-a-tick' : 'at-once');
    this.toldOf(call).legs = call.legs.size;
  }

  private toldOf({ id, legs }: Call): Told {
    const told = this.told.get(id) ?? { pages: new Map(), legs: legs.size };
    this.told.set(id, told);
    return told;
  }

  private noteChanged(call: CallId, when: 'at-once' | 'within-a-tick'): void {
    this.changed.add(call);
    const isAtOnce = when === 'at-once';
    if (this.tick !== undefined && (this.tick.isAtOnce || !isAtOnce)) return;
    this.tick?.cancel();
    const { clock, tickMs } = this.parts;
    this.tick = { isAtOnce, cancel: clock.after(isAtOnce ? 0 : tickMs, () => this.tellChanged()) };
  }

  private tellChanged(): void {
    this.tick = undefined;
    const calls = this.changed;
    this.changed = new Set();
    for (const id of calls) this.tell(id);
  }

  private tell(id: CallId): void {
    const call = this.parts.view.calls.get(id);
    const seeing = call === undefined ? new Set<DeskPage>() : this.parts.audience.seeing(call);
    const told = this.told.get(id);
    for (const page of told?.pages.keys() ?? []) {
      if (seeing.has(page)) continue;
      page.send({ type: 'call-gone', callId: id });
      told?.pages.delete(page);
    }
    if (call === undefined) this.told.delete(id);
    else if (seeing.size > 0) tellCall(call, seeing, this.toldOf(call).pages);
  }
}

/** There are two ways to see a call, so its text is made twice at the most. */
function tellCall(call: Call, seeing: ReadonlySet<DeskPage>, told: Map<DeskPage, string>): void {
  const texts = new Map<boolean, string>();
  for (const page of seeing) {
    const isToldAll = isToldOfSupervisors(page.viewer, call);
    const text =
      texts.get(isToldAll) ?? JSON.stringify({ type: 'call', call: liveCallOf(page.viewer, call) } satisfies ToDesk);
    texts.set(isToldAll, text);
    if (told.get(page) === text) continue;
    told.set(page, text);
    page.sendText(text);
  }
}

/**
 * How a call sounds, to the pages that look at it: each page watches one call at the most. Media measures only for calls that are
 * watched, so the router is told when the first page begins to look, when its legs change, and when the last one looks away.
 */
import type { DeskEffect } from '../../../call-router/effect';
import type { Call } from '../../../call-router/state/call';
import type { Change, PbxView } from '../../../call-router/state/view';
import type { CallId, LegId } from '../../../call-router/values/ids';
import type { LegQualityNow } from '../desk-messages';
import { maySee } from '../live-calls';
import type { DeskPage } from './desk-page';

export type ShownQuality = Extract<DeskEffect, { readonly do: 'show-quality' }>;

export interface QualityFeedParts {
  readonly view: PbxView;
  /** Tells the router: quality-watch-asked. */
  readonly watch: (call: CallId, is: 'on' | 'off') => void;
}

/** A page, as far as it matters here. */
type Looker = Pick<DeskPage, 'viewer' | 'send'>;

interface Watched {
  readonly pages: Set<Looker>;
  readonly legs: Map<LegId, LegQualityNow>;
  /** Which legs had our end when it was asked last. */
  asked: string;
}

export class QualityFeed {
  private readonly parts: QualityFeedParts;
  private readonly watched = new Map<CallId, Watched>();
  private readonly byPage = new Map<Looker, CallId>();

  constructor(parts: QualityFeedParts) {
    this.parts = parts;
  }

  /** This page looks at this call from now on, or at none. One that it may not see is none. */
  look(page: Looker, callId: string | undefined): void {
    const call = callId === undefined ? undefined : this.parts.view.calls.get(callId as CallId);
    const seen = call !== undefined && maySee(page.viewer, call) ? call : undefined;
    if (this.byPage.get(page) !== seen?.id) this.leave(page);
    if (seen === undefined) return;
    const watched = this.watched.get(seen.id) ?? { pages: new Set(), legs: new Map(), asked: '' };
    watched.pages.add(page);
    this.watched.set(seen.id, watched);
    this.byPage.set(page, seen.id);
    this.ask(seen, watched);
  }

  leave(page: Looker): void {
    const call = this.byPage.get(page);
    this.byPage.delete(page);
    const watched = call === undefined ? undefined : this.watched.get(call);
    watched?.pages.delete(page);
    if (call === undefined || watched === undefined || watched.pages.size > 0) return;
    this.watched.delete(call);
    this.parts.watch(call, 'off');
  }

  /** Legs come and go while a call is watched. */
  note(changes: readonly Change[]): void {
    if (this.watched.size === 0) return;
    for (const change of changes) {
      if (change.set === 'call') this.noteCall(change.call);
      if (change.set === 'call-gone') this.forget(change.call);
    }
  }

  /** What was measured goes out with what is known of the call's other legs. */
  show({ call: id, leg, quality }: ShownQuality): void {
    const watched = this.watched.get(id);
    const call = this.parts.view.calls.get(id);
    if (watched === undefined || call === undefined) return;
    watched.legs.set(leg, { legId: leg, ...quality });
    for (const known of watched.legs.keys()) if (call.legs.get(known)?.media !== 'open') watched.legs.delete(known);
    for (const page of watched.pages) {
      // They may see it no more: another role, or the call was passed on.
      if (maySee(page.viewer, call)) page.send({ type: 'quality', callId: id, legs: [...watched.legs.values()] });
    }
  }

  private noteCall(call: Call): void {
    const watched = this.watched.get(call.id);
    if (watched !== undefined) this.ask(call, watched);
  }

  private ask(call: Call, watched: Watched): void {
    const open = [...call.legs.values()].flatMap(({ id, media }) => (media === 'open' ? [id] : [])).join();
    if (open === watched.asked) return;
    watched.asked = open;
    this.parts.watch(call.id, 'on');
  }

  private forget(call: CallId): void {
    for (const page of this.watched.get(call)?.pages ?? []) this.byPage.delete(page);
    this.watched.delete(call);
  }
}

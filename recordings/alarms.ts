/**
 * What an administrator must know about the disk now: raised once, cleared once, each change told.
 */
import type { AlarmChange, AlarmKind } from './messages';

export class Alarms {
  private readonly raised = new Set<AlarmKind>();
  private readonly tell: (change: AlarmChange) => void;

  constructor(tell: (change: AlarmChange) => void) {
    this.tell = tell;
  }

  raise(alarm: AlarmKind, code?: string): void {
    if (this.raised.has(alarm)) return;
    this.raised.add(alarm);
    this.tell({ alarm, state: 'raised', ...(code === undefined ? {} : { code }) });
  }

  clear(alarm: AlarmKind): void {
    if (this.raised.delete(alarm)) this.tell({ alarm, state: 'cleared' });
  }

  has(alarm: AlarmKind): boolean {
    return this.raised.has(alarm);
  }
}

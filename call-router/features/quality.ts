/** How a call sounds, for who looks at it: media measures always, and tells only what is watched. */
import type { CommandEvent } from '../command';
import type { MediaEvent } from '../event';
import type { PbxView } from '../state/view';
import { type Decision, effectsOnly, ignore } from './decision';

type Watch = Extract<CommandEvent, { readonly type: 'quality-watch-asked' }>;
type Measured = Extract<MediaEvent, { readonly type: 'quality-measured' }>;

/** All legs of the call that have our end: those of a call that changes are asked for again by who watches. */
export function qualityWatchAsked(pbx: PbxView, { call, is }: Watch): Decision {
  const legs = [...(pbx.calls.get(call)?.legs.values() ?? [])].filter(({ media }) => media === 'open');
  const does = is === 'on' ? 'watch-quality' : 'unwatch-quality';
  return effectsOnly(...legs.map(({ id }) => ({ to: 'media', do: does, leg: id }) as const));
}

export function qualityMeasured(pbx: PbxView, { leg, quality }: Measured): Decision {
  const call = pbx.callOf(leg);
  if (call === undefined) return ignore; // over meanwhile
  return effectsOnly({ to: 'desk', do: 'show-quality', call: call.id, leg, quality });
}

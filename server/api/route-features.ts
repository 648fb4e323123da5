/**
 * Which addresses of the interface belong to a feature that can be switched off (call-router/state/feature-switch.ts). Asked
 * at the door of every route and when the interface is described: what is off answers 404 and is not in the description.
 */
import type { Feature, FeatureSwitches } from '../../call-router/state/feature-switch';
import { ProblemError } from './problems';

const ofFeature: readonly (readonly [Feature, RegExp])[] = [
  ['queues', /^\/api\/(queues|agents)(\/|$)/],
  ['voicemail', /^\/api\/(mailboxes|messages)(\/|$)/],
  ['park', /^\/api\/(calls\/[^/]+\/(park|retrieve)|settings\/parking)$/],
  ['conferences', /^\/api\/(rooms(\/|$)|calls\/[^/]+\/conference$)/],
  ['pickup', /^\/api\/calls\/[^/]+\/pickup$/],
  ['supervision', /^\/api\/calls\/[^/]+\/supervise$/],
  ['mobiles', /^\/api\/numbers\/[^/]+\/verification(\/|$)/],
  // What was recorded of a message is heard on: recording-routes.ts.
  ['recording', /^\/api\/(recording-rules(\/|$)|calls\/[^/]+\/recording$)/],
  ['deals', /^\/api\/(deals|deal-stages)(\/|$)/],
  ['reports', /^\/api\/reports(\/|$)/],
];

/** @param url as the route declares it, with `:id` or `{id}`. */
export const featureOfRoute = (url: string): Feature | undefined => ofFeature.find(([, place]) => place.test(url))?.[0];

/** False: it belongs to a feature that is switched off. */
export function isOfferedRoute(url: string, on: FeatureSwitches): boolean {
  const feature = featureOfRoute(url);
  return feature === undefined || on[feature];
}

export const switchedOff = (feature: Feature): ProblemError =>
  new ProblemError('switched-off', { detail: `An administrator has switched ${feature} off.` });

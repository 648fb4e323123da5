/**
 * Features that an administrator can switch off for the whole office. What is off is neither dialled nor commanded nor shown:
 * its codes are no codes, its REST routes answer 404, its pages and buttons vanish. What was made with it is kept.
 */
import type { DialledCode, InCallCode } from './feature-code';

export const features = [
  'queues',
  'voicemail',
  'park',
  'conferences',
  'pickup',
  'supervision',
  'forwarding',
  'mobiles',
  'recording',
  'deals',
  'reports',
] as const;
export type Feature = (typeof features)[number];
export type FeatureSwitches = Readonly<Record<Feature, boolean>>;

/** A new installation. */
export const allFeatures: FeatureSwitches = {
  queues: true,
  voicemail: true,
  park: true,
  conferences: true,
  pickup: true,
  supervision: true,
  forwarding: true,
  mobiles: true,
  recording: true,
  deals: true,
  reports: true,
};

/** What a code belongs to; a code that is not named here is always there. */
export const featureOfCode: { readonly [Code in DialledCode | InCallCode]?: Feature } = {
  intercept: 'pickup',
  voicemail: 'voicemail',
  room: 'conferences',
  forward: 'forwarding',
  forwardOff: 'forwarding',
  retrieve: 'park',
  agentIn: 'queues',
  agentOut: 'queues',
  agentPause: 'queues',
  noRecording: 'recording',
  recording: 'recording',
  conference: 'conferences',
  park: 'park',
};

/** False: its feature is switched off. */
export function isOffered(on: FeatureSwitches, code: DialledCode | InCallCode): boolean {
  const feature = featureOfCode[code];
  return feature === undefined || on[feature];
}

/**
 * Feature codes (DESIGN section 4): what each is called and its default. An administrator may change each; a clash is
 * refused when saved. Dialled codes stand before what is dialled with them; codes in a call are `*` + digit + `#`.
 */
export type DialledCode =
  | 'intercept' // alone: the longest ringing call of my groups; with an extension: that one
  | 'voicemail'
  | 'room'
  | 'forward'
  | 'forwardOff'
  | 'doNotDisturb'
  | 'doNotDisturbOff'
  | 'retrieve' // alone: mine; with two digits: that slot
  | 'echo'
  | 'line' // with a two-digit line and a number
  | 'agentIn'
  | 'agentOut'
  | 'agentPause'
  | 'noRecording'; // before a number: this call is not recorded, if the person may

/** One digit; pressed as `*d#`. */
export type InCallCode = 'back' | 'recording' | 'conference' | 'park';

export interface FeatureCodes {
  readonly dialled: Readonly<Record<DialledCode, readonly string[]>>;
  readonly inCall: Readonly<Record<InCallCode, string>>;
}

export const defaultCodes: FeatureCodes = {
  dialled: {
    intercept: ['*11', '40'],
    voicemail: ['*97'],
    room: ['*60'],
    forward: ['*72'],
    forwardOff: ['*73'],
    doNotDisturb: ['*78'],
    doNotDisturbOff: ['*79'],
    retrieve: ['*70'],
    echo: ['*43'],
    line: ['*8'],
    agentIn: ['*51'],
    agentOut: ['*52'],
    agentPause: ['*53'],
    noRecording: ['*67'],
  },
  inCall: { back: '0', recording: '1', conference: '3', park: '7' },
};

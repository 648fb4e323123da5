/**
 * The decision: what an event changes and what is to be done. Pure, exhaustive, and nothing but dispatch; each feature
 * is one file. Nothing from outside makes it throw; a broken promise of our own does (InvariantError), and
 * server/switchboard.ts then ends that one call.
 */
import type { MediaEvent, PbxEvent, SipEvent } from './event';
import type { CommandEvent } from './command';
import { answerAsked } from './features/answer-by-command';
import { agentAsked, agentFreed } from './features/agent-status';
import { promptsEnded } from './features/attend';
import * as answer from './features/answer';
import { pageTold } from './features/closed-page';
import { callAsked } from './features/click-to-call';
import { noteClient } from './features/client';
import * as commands from './features/commands';
import { conferenceAsked } from './features/conference';
import { type Decision, ignore } from './features/decision';
import { earlyAccepted } from './features/early-media';
import { liftBlock } from './features/fraud-guard';
import { hangUpAsked } from './features/end-by-command';
import * as hangUp from './features/hang-up';
import * as hold from './features/hold';
import { digitReceived, keyByInfo } from './features/in-call-codes';
import { holdAsked, resumeAsked } from './features/hold-by-command';
import { bindingsChanged } from './features/late-browser';
import * as lostLeg from './features/lost-leg';
import { messagesListed } from './features/mailbox';
import { muteAsked } from './features/mute';
import * as noAnswer from './features/no-answer';
import { recordingIncomplete } from './features/recording-rule';
import { parkAsked, retrieveAsked } from './features/park';
import { personAsked } from './features/person-settings';
import { pickupAsked } from './features/pickup';
import { legRedirected } from './features/redirected';
import { referReceived } from './features/refer';
import { qualityMeasured, qualityWatchAsked } from './features/quality';
import { legRemade, reofferAnswered } from './features/remade';
import { ringDialled } from './features/ring';
import { storeChanged } from './features/store-changed';
import { superviseAsked } from './features/supervise';
import { shutDown, timerFired } from './features/time-and-process';
import { verifyMobileAsked } from './features/verify-mobile';
import type { PbxView } from './state/view';
import { assertNever } from './values/assert';

export function decide(pbx: PbxView, event: PbxEvent): Decision {
  switch (event.from) {
    case 'sip':
      return decideSip(pbx, event);
    case 'media':
      return decideMedia(pbx, event);
    case 'crm':
      return noteClient(pbx, event);
    case 'recordings':
      // A finished file is linked by the store (server/main.ts); the call is over by then.
      return event.type === 'recording-incomplete' ? recordingIncomplete(pbx, event) : ignore;
    case 'api':
      return decideCommand(pbx, event);
    case 'store':
      return event.type === 'messages-listed' ? messagesListed(pbx, event) : storeChanged(event);
    case 'desk':
      return pageTold(pbx, event);
    case 'agents':
      return agentFreed(pbx, event);
    case 'clock':
      return timerFired(pbx, event);
    case 'process':
      return shutDown(pbx, event);
    default:
      return assertNever(event);
  }
}

function decideSip(pbx: PbxView, event: SipEvent): Decision {
  switch (event.type) {
    case 'invite-received':
      return ringDialled(pbx, event);
    case 'leg-ringing':
    case 'leg-progressed':
      return answer.branchRinging(pbx, event);
    case 'leg-answered':
      return answer.branchAnswered(pbx, event);
    case 'leg-refused':
      return noAnswer.branchRefused(pbx, event);
    case 'leg-cancelled':
      return hangUp.callerGaveUp(pbx, event);
    case 'ack-received':
      return isSettling(pbx, event) ? answer.callerAcknowledged(pbx, event) : hold.ackWithAnswer(pbx, event);
    case 'leg-hung-up':
      return hangUp.legHungUp(pbx, event);
    case 'reoffer-received':
      return lostLeg.reoffered(pbx, event);
    case 'reoffer-answered':
    case 'reoffer-refused':
      return reofferAnswered(pbx, event);
    case 'leg-redirected':
      return legRedirected(pbx, event);
    case 'info-digit-received':
      return keyByInfo(pbx, event);
    case 'refer-received':
      return referReceived(pbx, event);
    case 'flow-lost':
      return lostLeg.flowLost(pbx, event);
    case 'bindings-changed':
      return bindingsChanged(pbx, event);
    case 'trunk-state-changed':
      return { changes: [{ set: 'trunk-state', trunk: event.trunk, state: event.state }], effects: [] };
    default:
      return assertNever(event);
  }
}

function decideMedia(pbx: PbxView, event: MediaEvent): Decision {
  switch (event.type) {
    case 'leg-opened':
      return noAnswer.legOpened(pbx, event);
    case 'leg-not-opened':
      return noAnswer.legNotOpened(pbx, event);
    case 'offer-accepted':
      if (isSettling(pbx, event)) return answer.callerSettled(pbx, event);
      return earlyAccepted(pbx, event) ?? hold.reofferAccepted(pbx, event);
    case 'offer-refused':
      return isSettling(pbx, event) ? noAnswer.legNotOpened(pbx, event) : hold.reofferRefused(pbx, event);
    case 'offer-made':
      return hold.offerMade(pbx, event);
    case 'quality-measured':
      return qualityMeasured(pbx, event);
    case 'leg-remade':
      return legRemade(pbx, event);
    case 'answer-set':
      return hold.answerSet(pbx, event);
    case 'answer-refused':
      return answer.answerRefused(pbx, event);
    case 'audio-lost':
      return lostLeg.audioMissed(pbx, event);
    case 'leg-closed':
      return hangUp.legClosed(pbx, event);
    case 'recording-overflowed':
      return recordingIncomplete(pbx, event);
    case 'digit-received':
      return digitReceived(pbx, event);
    case 'prompts-ended':
      return promptsEnded(pbx, event);
    case 'audio-back':
      return lostLeg.audioBack(pbx, event);
    case 'first-packet':
      return ignore; // no feature waits for audio yet
    default:
      return assertNever(event);
  }
}

function decideCommand(pbx: PbxView, event: CommandEvent): Decision {
  switch (event.type) {
    case 'call-asked':
      return callAsked(pbx, event);
    case 'verify-mobile-asked':
      return verifyMobileAsked(pbx, event);
    case 'block-lift-asked':
      return liftBlock(pbx, event);
    case 'hang-up-asked':
      return hangUpAsked(pbx, event);
    case 'transfer-asked':
      return commands.transferAsked(pbx, event);
    case 'transfer-complete-asked':
      return commands.completeAsked(pbx, event);
    case 'transfer-cancel-asked':
      return commands.cancelAsked(pbx, event);
    case 'pickup-asked':
      return pickupAsked(pbx, event);
    case 'recording-asked':
      return commands.recordingAsked(pbx, event);
    case 'digits-asked':
      return commands.digitsAsked(pbx, event);
    case 'hold-asked':
      return holdAsked(pbx, event);
    case 'resume-asked':
      return resumeAsked(pbx, event);
    case 'park-asked':
      return parkAsked(pbx, event);
    case 'person-asked':
      return personAsked(pbx, event);
    case 'conference-asked':
      return conferenceAsked(pbx, event);
    case 'supervise-asked':
      return superviseAsked(pbx, event);
    case 'agent-asked':
      return agentAsked(pbx, event);
    case 'retrieve-asked':
      return retrieveAsked(pbx, event);
    case 'quality-watch-asked':
      return qualityWatchAsked(pbx, event);
    case 'mute-asked':
    case 'unmute-asked':
      return muteAsked(pbx, event);
    case 'answer-asked':
      return answerAsked(pbx, event);
    default:
      return assertNever(event);
  }
}

/** The leg's first answer is being made, not a later one. */
function isSettling(pbx: PbxView, { leg }: Extract<MediaEvent | SipEvent, { leg: unknown }>): boolean {
  return pbx.callOf(leg)?.legs.get(leg)?.state.in === 'answering';
}

/**
 * One call of the headset as a SIP session of sip.js with its audio: what it says becomes events, what is asked of it requests.
 * Re-INVITEs wait for one another (RFC 3261 section 14.1). Ends by itself; `gone` is called then.
 */
import { type Invitation, type Inviter, type Session, SessionState, Web } from 'sip.js';
import type { PhoneEvent } from './phone-event';

export interface CallParts {
  readonly post: (event: PhoneEvent) => void;
  readonly now: () => number;
  /** A new copy of what the microphone hears; silence while there is none. */
  readonly track: () => MediaStreamTrack;
  /** Id of the output for voices; empty: the system's. */
  readonly speaker: () => string;
  /** Tries again after the wait of RFC 3261 section 14.1. */
  readonly glare: (again: () => void) => void;
}

type MediaOptions = Web.SessionDescriptionHandlerOptions;

const digitMs = 160;
/** The server's name of the call, on what it sends to its own page. */
export const callHeader = 'X-Trunkline-Call';

export class SipCall {
  readonly id: string;
  readonly session: Session;
  private readonly parts: CallParts;
  private readonly audio = new Audio();
  private status: number | undefined;
  private isMuted = false;
  private isHeld = false;
  private queue: Promise<void> = Promise.resolve();

  constructor(id: string, session: Session, parts: CallParts & { readonly gone: () => void }) {
    this.id = id;
    this.session = session;
    this.parts = parts;
    this.audio.autoplay = true;
    session.delegate = { onSessionDescriptionHandler: () => this.hear() };
    session.stateChange.addListener((state) => {
      if (state === SessionState.Established) this.established();
      if (state !== SessionState.Terminated) return;
      this.audio.srcObject = null;
      parts.gone();
      // The refusal is told after the state.
      queueMicrotask(() => parts.post(this.ended()));
    });
  }

  dial(inviter: Inviter): void {
    const named = (message: { getHeader(name: string): string | undefined }): void => {
      const callId = message.getHeader(callHeader);
      if (callId !== undefined) this.parts.post({ type: 'call-named', id: this.id, callId });
    };
    const ringing = (status: number, body: string): void => {
      const hears = status === 183 && body !== '' ? 'early-media' : 'ringback';
      if (status >= 180) this.parts.post({ type: 'call-alerting', id: this.id, hears });
    };
    void inviter
      .invite({
        requestDelegate: {
          onProgress: ({ message }) => {
            named(message);
            ringing(message.statusCode ?? 0, message.body);
          },
          onAccept: ({ message }) => named(message),
          onReject: ({ message }) => this.refused(message.statusCode ?? 500),
        },
      })
      .catch(() => this.failed());
  }

  accept(invitation: Invitation): void {
    void invitation.accept().catch(() => this.failed());
  }

  /** BYE, CANCEL or a refusal, as it stands: 603 is a person's no for all their phones, 486 this phone's alone. */
  end(refusal: 603 | 486 = 603): void {
    const { session } = this;
    if ('accept' in session && session.state === SessionState.Initial) {
      void (session as Invitation).reject({ statusCode: refusal }).catch(() => undefined); // cancelled meanwhile
    } else void session.dispose().catch(() => undefined); // ended meanwhile
  }

  hold(): void {
    this.reinvite({ hold: true }, () => this.parts.post({ type: 'hold-refused', id: this.id }));
  }

  unhold(): void {
    this.reinvite({ hold: false }, (status) => {
      if (status === requestPending) this.parts.glare(() => !this.isHeld && this.unhold());
      else this.parts.post({ type: 'unhold-refused', id: this.id, at: this.parts.now(), status });
    });
  }

  /** What the phone's state says of it, before what is to be done. */
  setSound({ isHeld, isMuted }: { readonly isHeld: boolean; readonly isMuted: boolean }): void {
    this.isHeld = isHeld;
    this.isMuted = isMuted;
    this.applySound();
  }

  restartIce(): void {
    this.reinvite({ hold: this.isHeld, offerOptions: { iceRestart: true } }, (status) =>
      this.parts.post({ type: 'restart-failed', id: this.id, at: this.parts.now(), status }),
    );
  }

  /** One INFO for each key, in their order. */
  sendDigits(digits: string): void {
    for (const digit of digits) {
      const content = `Signal=${digit}\r\nDuration=${digitMs}\r\n`;
      const body = { contentDisposition: 'render', contentType: 'application/dtmf-relay', content };
      this.queue = this.queue.then(async () => {
        if (this.session.state === SessionState.Established) await this.session.info({ requestOptions: { body } });
      });
      // The call ended meanwhile: what waits behind must still have its turn.
      this.queue = this.queue.catch(() => undefined);
    }
  }

  /** What the microphone hears now, in place of what it was. */
  replaceTrack(): void {
    const sender = this.peerConnection()?.getSenders()[0];
    if (sender === undefined) return;
    const old = sender.track;
    const next = this.parts.track();
    // Before it is sent: who is muted is never heard, not even for a moment.
    next.enabled = this.isHeard();
    void sender.replaceTrack(next).then(
      () => {
        old?.stop();
        this.applySound();
      },
      () => next.stop(), // the call ended meanwhile
    );
  }

  moveToSpeaker(): void {
    if ('setSinkId' in this.audio) void this.audio.setSinkId(this.parts.speaker()).catch(() => undefined); // unplugged: the system's
  }

  private peerConnection(): RTCPeerConnection | undefined {
    const media = this.session.sessionDescriptionHandler;
    return media instanceof Web.SessionDescriptionHandler ? media.peerConnection : undefined;
  }

  private hear(): void {
    const media = this.session.sessionDescriptionHandler;
    const connection = this.peerConnection();
    if (!(media instanceof Web.SessionDescriptionHandler) || connection === undefined) return;
    this.audio.srcObject = media.remoteMediaStream;
    this.moveToSpeaker();
    connection.addEventListener('iceconnectionstatechange', () => {
      const { iceConnectionState: state } = connection;
      if (state === 'disconnected' || state === 'failed') this.parts.post({ type: 'audio-lost', id: this.id });
      if (state === 'connected' || state === 'completed') this.parts.post({ type: 'audio-back', id: this.id });
    });
  }

  private established(): void {
    this.applySound();
    void this.audio.play().catch(() => undefined); // the browser waits for a click: `autoplay` goes on with it
    this.parts.post({ type: 'call-established', id: this.id, at: this.parts.now() });
  }

  private refused(status: number): void {
    this.status = status;
  }

  /** Our own media: the browser would not make a description. */
  private failed(): void {
    this.status ??= 488;
    if (this.session.state !== SessionState.Terminated) this.end();
  }

  private ended(): PhoneEvent {
    const why = this.status === undefined ? {} : { status: this.status };
    return { type: 'call-ended', id: this.id, at: this.parts.now(), ...why };
  }

  private applySound(): void {
    const track = this.peerConnection()?.getSenders()[0]?.track;
    if (track) track.enabled = this.isHeard();
    this.audio.muted = this.isHeld;
  }

  private isHeard(): boolean {
    return !this.isMuted && !this.isHeld;
  }

  private reinvite(media: MediaOptions, refused: (status: number) => void): void {
    this.queue = this.queue.then(() => this.sendReinvite(media, refused));
  }

  private sendReinvite(media: MediaOptions, refused: (status: number) => void): Promise<void> {
    if (this.session.state !== SessionState.Established) return Promise.resolve();
    return new Promise((done) => {
      const failed = (status: number) => {
        refused(status);
        done();
      };
      this.session
        .invite({
          sessionDescriptionHandlerOptions: media,
          requestDelegate: {
            onAccept: () => done(),
            onReject: ({ message }) => failed(message.statusCode ?? 500),
          },
        })
        .catch(() => failed(requestPending));
    });
  }
}

/** RFC 3261 section 14.1: another one is under way. */
const requestPending = 491;

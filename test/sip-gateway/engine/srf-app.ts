// drachtio-srf as it really is, typed as far as these tests use it: its own type file lacks most of that.

import Srf from 'drachtio-srf';

export interface AppRequest {
  readonly body: string;
  get(name: string): string;
  on(event: 'cancel', listener: () => void): void;
}

export interface AppResponse {
  send(status: number, parts?: object, sent?: (problem: unknown) => void, prack?: () => void): void;
}

export interface SentByApp {
  cancel(done: () => void): void;
}

export type Handler = (req: AppRequest, res: AppResponse) => void;

export interface AppDialog {
  readonly id: string;
  readonly sip: { readonly remoteTag: string };
  on(event: 'destroy', listener: (message: unknown, reason: string) => void): void;
  on(event: 'ack' | 'modify', listener: () => void): void;
  on(event: 'info' | 'notify', listener: Handler): void;
  request(parts: object): Promise<unknown>;
  modify(sdp: string): Promise<unknown>;
  destroy(): Promise<unknown>;
}

interface Progress {
  readonly cbRequest?: (problem: unknown, request: SentByApp) => void;
  readonly cbProvisional?: (response: { readonly status: number }) => void;
}

export interface App {
  invite(handler: Handler): void;
  options(handler: Handler): void;
  register(handler: Handler): void;
  subscribe(handler: Handler): void;
  createUAS(req: AppRequest, res: AppResponse, parts: object): Promise<AppDialog>;
  createUAC(uri: string, parts: object, progress?: Progress): Promise<AppDialog>;
  createB2BUA(
    req: AppRequest,
    res: AppResponse,
    uri: string,
    parts: object,
  ): Promise<{ uas: AppDialog; uac: AppDialog }>;
  request(uri: string, parts: object, done: () => void): void;
  on(event: 'connect', listener: (problem: Error | null) => void): void;
  on(event: 'error', listener: () => void): void;
  on(
    event: 'cdr:attempt' | 'cdr:start' | 'cdr:stop',
    listener: (source: string, time: string, note: string) => void,
  ): void;
  connect(place: { readonly host: string; readonly port: number; readonly secret: string }): void;
  disconnect(): void;
}

export function newApp(): App {
  return new Srf() as unknown as App;
}

/** Connected and logged in; rejects if the secret is wrong. */
export async function connectApp(place: { readonly port: number; readonly secret: string }): Promise<App> {
  const app = newApp();
  await new Promise<void>((resolve, reject) => {
    app.on('connect', (problem) => (problem ? reject(problem) : resolve()));
    // A lost connection is part of some tests.
    app.on('error', () => undefined);
    app.connect({ host: '127.0.0.1', ...place });
  });
  return app;
}

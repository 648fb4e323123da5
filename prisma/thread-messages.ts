/** What the main thread and a database thread say to each other: plain structured data, so threads can become processes. */

/** A map of operation → request and answer (operations.ts). */
export type Operations<Ops> = { readonly [Op in keyof Ops]: { request: unknown; answer: unknown } };

export type Ask<Ops extends Operations<Ops>> = <Op extends keyof Ops & string>(
  op: Op,
  request: Ops[Op]['request'],
) => Promise<Ops[Op]['answer']>;

export interface ThreadSettings {
  readonly url: string;
  readonly country: string;
  readonly key: Uint8Array;
}

export type ToThread =
  | { readonly type: 'request'; readonly id: number; readonly op: string; readonly request: unknown }
  /** Finish what was asked, close the database, end. */
  | { readonly type: 'close' };

/** What is said in one turn of the loop travels together: a message of its own costs more than what it says. */
export type Together<Message> = Message | readonly Message[];

export const allOf = <Message extends object>(said: Together<Message>): readonly Message[] =>
  isList(said) ? said : [said];

const isList = <Message extends object>(said: Together<Message>): said is readonly Message[] => Array.isArray(said);

export type FromThread =
  | { readonly type: 'ready' }
  | { readonly type: 'not-started'; readonly name: string; readonly message: string }
  | { readonly type: 'answer'; readonly id: number; readonly answer: unknown }
  | { readonly type: 'failure'; readonly id: number; readonly name: string; readonly message: string };

/** What failed in a database thread, or with it. `name` is that of the error there. */
export class StoreError extends Error {
  override readonly name: string;
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}

/**
 * The line of the phone: a connection and a registration that come back by themselves (RFC 5626 section 4.5, with shorter
 * times: an office is waiting). After each return every talk offers new candidates (ICE restart, RFC 8839 section 4.4.1.1), which
 * also finds out whether the server still knows it.
 */
import { retryDelayMs } from '../api/desk-socket-retry';
import type { PhoneEvent } from './phone-event';
import { type HeadsetCall, isEstablished, type Line, type PhoneState } from './phone-state';
import { andThen, type Step, stay } from './step';

type EventOf<Type extends PhoneEvent['type']> = Extract<PhoneEvent, { readonly type: Type }>;

export function leadWon(state: PhoneState): Step {
  return opened({ ...state, leads: true });
}

/**
 * A welcome with the same account is that of a new desk socket: the old one may have died with the whole path. With another account the calls of the old one are over. */
export function accountGiven(state: PhoneState, { account }: EventOf<'account-given'>): Step {
  const isSame = state.account?.username === account.username && state.account.password === account.password;
  if (isSame && state.line.in !== 'refused') return pathDoubted({ ...state, account });
  const over = isSame ? [] : state.calls;
  const step = opened({ ...state, account, ...(isSame ? {} : { calls: [] }) });
  return { ...step, effects: [...over.map(({ id }) => ({ do: 'forget', id }) as const), ...step.effects] };
}

export const loggedOut = (state: PhoneState): Step => accountGone({ ...state, leads: false });

/** Nothing of ours may go on. */
export function accountGone({ account: _gone, ...state }: PhoneState): Step {
  const ends = state.calls.map(({ id }) => ({ do: 'end', id }) as const);
  const isOff = state.line.in === 'off';
  return stay(
    { ...state, account: undefined, calls: [], offers: [], line: { in: 'off' } },
    ...ends,
    ...(isOff ? [] : [{ do: 'close-socket' } as const]),
  );
}

export function socketOpened(state: PhoneState): Step {
  // Late: the page went on without it meanwhile.
  if (state.line.in !== 'connecting') return stay(state);
  return stay({ ...state, line: { in: 'registering', failures: state.line.failures } }, { do: 'register' });
}

export function socketClosed(state: PhoneState, { chance }: EventOf<'socket-closed'>): Step {
  const { line } = state;
  if (line.in === 'off' || line.in === 'waiting' || line.in === 'refused') return stay(state); // nobody minds
  const failures = failuresOf(line) + 1;
  const waiting: PhoneState = { ...state, line: { in: 'waiting', failures } };
  return andThen(withoutUnanswered(waiting), (after) =>
    stay(after, { do: 'retry-later', afterMs: retryDelayMs(isInTalk(after) ? 0 : failures - 1, chance) }),
  );
}

/** Somebody waits there: tried without patience. */
const isInTalk = ({ calls }: PhoneState): boolean => calls.some(isEstablished);

export function networkChanged(state: PhoneState): Step {
  if (state.line.in === 'off' || state.line.in === 'refused') return stay(state);
  return andThen(offTheWire(state), opened);
}

/** A connection that lives is kept, with all that rings and talks on it. */
export function pathDoubted(state: PhoneState): Step {
  switch (state.line.in) {
    case 'registering':
    case 'registered':
      return stay(state, { do: 'probe' });
    case 'waiting':
      return opened(state);
    default:
      return stay(state);
  }
}

export function registerAccepted(state: PhoneState): Step {
  if (state.line.in === 'registered') return stay(state); // the refresh
  if (state.line.in !== 'registering') return stay(state); // crossed with a close
  const talks = state.calls.filter(isEstablished);
  return stay({ ...state, line: { in: 'registered' } }, ...talks.map(({ id }) => ({ do: 'restart-ice', id }) as const));
}

export function registerRefused(state: PhoneState): Step {
  if (state.line.in !== 'registering' && state.line.in !== 'registered') return stay(state);
  return andThen(stay({ ...state, line: { in: 'refused' } }, { do: 'close-socket' }), withoutUnanswered);
}

export function retryDue(state: PhoneState): Step {
  const { account, line } = state;
  // Late: the network changed meanwhile, or the person logged out.
  if (line.in !== 'waiting' || account === undefined) return stay(state);
  return stay({ ...state, line: { in: 'connecting', failures: line.failures } }, { do: 'open-socket', account });
}

/** The old connection goes first: a refusal that still left on it would be the person's word to the caller. */
function offTheWire(state: PhoneState): Step {
  return state.calls.some(isUnanswered) ? andThen(stay(state, { do: 'close-socket' }), withoutUnanswered) : stay(state);
}

/**
 * What rings, or was answered with nothing sent yet, went with its connection: the server takes it back, where nothing of that
 * can be heard any more, and rings anew on the next registration (call-router/features/late-browser.ts).
 */
function withoutUnanswered(state: PhoneState): Step {
  const over = state.calls.filter(isUnanswered);
  if (over.length === 0) return stay(state);
  const calls = state.calls.filter((call) => !over.includes(call));
  return stay({ ...state, calls }, ...over.map(({ id }) => ({ do: 'forget', id }) as const));
}

const isUnanswered = ({ state }: HeadsetCall): boolean =>
  state.in === 'ringing' || state.in === 'answering' || state.in === 'accepted';

function opened(state: PhoneState): Step {
  const { leads, account } = state;
  if (!leads || account === undefined) return stay(state);
  return stay({ ...state, line: { in: 'connecting', failures: 0 } }, { do: 'open-socket', account });
}

const failuresOf = (line: Line): number =>
  line.in === 'connecting' || line.in === 'registering' || line.in === 'waiting' ? line.failures : 0;

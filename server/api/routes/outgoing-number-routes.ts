/** Which number of ours a call may show: those that I may choose, and the one that this client saw last. */
import { mayShow, usualNumber } from '../../../call-router/features/outgoing';
import type { OwnNumber } from '../../../call-router/state/directory';
import { type UserId, userIdOf } from '../../../call-router/values/ids';
import { parseE164 } from '../../../call-router/values/number';
import { askerOf } from '../access';
import type { OutgoingNumbers } from '../call-messages';
import type { ApiDeps } from '../deps';
import { invalid } from '../problems';
import { outgoingNumbers, outgoingQuery } from '../schemas/call-schemas';
import type { Api } from '../schemas/schema';

export function outgoingNumberRoutes(app: Api, deps: ApiDeps): void {
  app.get(
    '/api/outgoing-numbers',
    {
      schema: {
        tags: ['calls'],
        summary: 'Numbers of ours that I may show on a call, and the one that this client saw last',
        querystring: outgoingQuery,
        response: { 200: outgoingNumbers },
      },
    },
    async (request) => {
      const { userId } = askerOf(request);
      const of = request.query.userId ?? userId;
      if (of === undefined) throw invalid('userId', 'is missing: this token is nobody’s');
      if (askerOf(request).role === 'operator' && of !== userId) throw invalid('userId', 'must be yourself');
      return numbersFor(deps, userIdOf(of), request.query.to);
    },
  );
}

async function numbersFor(deps: ApiDeps, user: UserId, to: string | undefined): Promise<OutgoingNumbers> {
  const office = deps.directory();
  const shown = office.numbers.filter((number) => mayShow(number, user));
  const usual = usualNumber(office, user);
  const suggested = await lastShown(deps, to);
  return {
    items: shown.map(itemOf),
    ...(usual === undefined ? {} : { usual: usual.id }),
    ...(shown.some(({ id }) => id === suggested) && suggested !== undefined ? { suggested } : {}),
  };
}

async function lastShown({ directory, reading }: ApiDeps, to: string | undefined): Promise<string | undefined> {
  const number = to === undefined ? undefined : parseE164(to, directory().country);
  return number?.ok === true ? reading('last-shown-number', { number: number.value }) : undefined;
}

function itemOf({ id, match, name, line }: OwnNumber): OutgoingNumbers['items'][number] {
  return {
    id,
    number: match.kind === 'exact' ? match.number : '',
    ...(name === undefined ? {} : { name }),
    ...(line === undefined ? {} : { line }),
  };
}

/**
 * A trunk tried with one button, saved or as it stands in a form: a real REGISTER or OPTIONS, and what came of it. For an
 * administrator only, one after the other and few a minute, so that nobody makes a scanner of it.
 */
import type { Static } from '@sinclair/typebox';
import { trunkIdOf } from '../../../call-router/values/ids';
import type { TrunkAccount } from '../../../sip-gateway/accounts';
import type { ApiDeps } from '../deps';
import type { TrunkTestDone } from '../messages';
import { invalid, ProblemError } from '../problems';
import { openRate } from '../rate';
import { trunkTest, trunkToTest } from '../schemas/trunk-test-schemas';
import type { Api } from '../schemas/schema';
import { checkTrunk } from './trunk-rules';

const windowMs = 60_000;

export function trunkTestRoutes(app: Api, deps: ApiDeps): void {
  const rate = openRate(deps.clock, { max: deps.config.limits.api.trunkTestsPerMinuteMax, windowMs });
  let running = false;
  app.post(
    '/api/trunk-tests',
    {
      config: { audience: 'administrator' },
      schema: {
        tags: ['trunks'],
        summary: 'Try a trunk: registers its account and takes it back, or asks its host with OPTIONS',
        description:
          'With `trunkId` the saved trunk, with what else is given laid over it; `null` removes. Nothing is saved. At most 10 a minute.',
        body: trunkToTest,
        response: { 200: trunkTest },
      },
    },
    async (request) => {
      const trunk = await trunkAsked(deps, request.body);
      if (trunk.host === undefined) return waited(deps, trunk);
      if (running) throw new ProblemError('conflict', { detail: 'Another trunk is being tested.' });
      rate.take();
      running = true;
      try {
        return await deps.testTrunk(trunk);
      } finally {
        running = false;
      }
    },
  );
}

/** The passwords of saved trunks stay on this side. */
async function trunkAsked(deps: ApiDeps, { trunkId, ...given }: Static<typeof trunkToTest>): Promise<TrunkAccount> {
  const { trunks } = await deps.reading('load-directory', undefined);
  const saved = trunks.find(({ id }) => id === trunkId);
  if (trunkId !== undefined && saved === undefined) throw new ProblemError('not-found');
  const trunk: TrunkAccount = withoutNulls({ ...(saved ?? unsaved), ...given });
  if (saved === undefined && given.kind === undefined) throw invalid('kind', 'is missing');
  const { kind, host, username, password, allowedAddresses } = trunk;
  checkTrunk({ kind, host, username, hasPassword: password !== undefined, allowedAddresses });
  const needsAccount = kind === 'registration' || trunk.weRegister === true;
  if (kind !== 'pbx' && host === undefined) throw invalid('host', 'is missing');
  if (needsAccount && username === undefined) throw invalid('username', 'is missing');
  if (needsAccount && password === undefined) throw invalid('password', 'is missing');
  return trunk;
}

const unsaved: TrunkAccount = {
  id: 'unsaved',
  kind: 'registration',
  transport: 'udp',
  allowedAddresses: [],
  numberFrom: 'request-uri',
  numberFormat: 'e164',
};

/** A `null` of a change removes; the rest has been checked by the schema. */
const withoutNulls = (fields: object): TrunkAccount =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null)) as unknown as TrunkAccount;

/** An office PBX that registers at us cannot be asked: whether it has come is all that can be said. */
function waited({ trunkStates }: ApiDeps, { id }: TrunkAccount): TrunkTestDone {
  return { outcome: trunkStates().get(trunkIdOf(id)) === 'up' ? 'is-registered-here' : 'waits-for-it' };
}

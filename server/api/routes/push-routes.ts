/** Web Push: this browser asks to be told of calls, leads and messages while its page is closed. It ends with the log-in. */
import { Type } from '@sinclair/typebox';
import { userIdOf } from '../../../call-router/values/ids';
import { openPushKeys } from '../../push/push-keys';
import { isPushService } from '../../push/push-services';
import { askerOf } from '../access';
import type { ApiDeps } from '../deps';
import { invalid, ProblemError } from '../problems';
import { type Api, closed, nothing } from '../schemas/schema';
import type { Asker } from '../who-asks';

const endpoint = Type.String({ minLength: 1, maxLength: 1024, description: 'the address the browser was given' });
const keyText = (length: number, description: string) =>
  Type.String({ pattern: `^[A-Za-z0-9_-]{${length}}=?$`, maxLength: length + 1, description });
const subscription = Type.Object(
  {
    endpoint,
    keys: Type.Object(
      { p256dh: keyText(87, '65 bytes in base64url'), auth: keyText(22, '16 bytes in base64url') },
      closed,
    ),
  },
  closed,
);
const publicKey = Type.Object({
  publicKey: Type.String({ description: 'applicationServerKey of the browser, base64url' }),
});
const tags = ['push'];

export function pushRoutes(app: Api, { reading, config, toldWhenClosed }: ApiDeps): void {
  const pushKeys = openPushKeys(reading);
  app.get(
    '/api/push/key',
    { schema: { tags, summary: 'The key browsers subscribe with', response: { 200: publicKey } } },
    async () => ({ publicKey: (await pushKeys()).publicKey }),
  );
  app.put(
    '/api/push/subscription',
    {
      schema: {
        tags,
        summary: 'Tell this browser, until its log-in ends',
        body: subscription,
        response: { 204: nothing },
      },
    },
    async (request, reply) => {
      const { endpoint: address, keys } = request.body;
      if (!isPushService(address, config.pushServices)) throw invalid('endpoint', 'is not of a push service we know');
      const browser = browserOf(askerOf(request));
      await reading('save-push-subscription', { endpoint: address, ...keys, ...browser });
      toldWhenClosed(userIdOf(browser.userId));
      return reply.code(204).send(null);
    },
  );
  app.post(
    '/api/push/unsubscribe',
    {
      schema: {
        tags,
        summary: 'Tell this browser no more',
        body: Type.Object({ endpoint }, closed),
        response: { 204: nothing },
      },
    },
    async (request, reply) => {
      const { userId } = browserOf(askerOf(request));
      await reading('remove-push-subscription', { endpoint: request.body.endpoint, userId });
      return reply.code(204).send(null);
    },
  );
}

/** A program has no page that could be closed. */
function browserOf({ by, userId, tokenHash }: Asker): { readonly userId: string; readonly tokenHash: string } {
  if (by !== 'cookie' || userId === undefined)
    throw new ProblemError('conflict', { detail: 'Only a browser that is logged in can be told.' });
  return { userId, tokenHash };
}

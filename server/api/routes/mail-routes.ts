/** How e-mail is sent. The password goes in and never comes out. */
import { Type } from '@sinclair/typebox';
import type { MailSettings } from '../../../prisma/desk-records';
import type { ApiDeps } from '../deps';
import { ProblemError, valueOf } from '../problems';
import { mailAddress } from '../schemas/office-schemas';
import { type Api, closed, line, nothing, oneOf, removable } from '../schemas/schema';

const config = { audience: 'administrator' } as const;
const tags = ['settings'];
const url = '/api/settings/mail';

const common = {
  host: Type.String({ maxLength: 253, pattern: '^[A-Za-z0-9_.:-]+$', description: 'a host name or an IP address' }),
  port: Type.Integer({ minimum: 1, maximum: 65_535 }),
  security: oneOf(['none', 'starttls', 'tls']),
  username: Type.Optional(line(200)),
  from: mailAddress,
};
const shown = Type.Unsafe<MailSettings>(Type.Object({ ...common, hasPassword: Type.Boolean() }));
const body = Type.Object({ ...common, password: removable(line(256)) }, closed);

export function mailRoutes(app: Api, { reading }: ApiDeps): void {
  const now = async (): Promise<MailSettings> => {
    const settings = await reading('get-mail-settings', undefined);
    if (settings === undefined) throw new ProblemError('not-found', { detail: 'E-mail is not set up.' });
    return settings;
  };
  app.get(url, { config, schema: { tags, summary: 'How e-mail is sent', response: { 200: shown } } }, now);
  app.put(
    url,
    { config, schema: { tags, summary: 'Set it up; a password left out stays', body, response: { 200: shown } } },
    async (request) => {
      valueOf(await reading('save-mail-settings', { settings: request.body }));
      return now();
    },
  );
  app.delete(
    url,
    { config, schema: { tags, summary: 'Send no e-mail', response: { 204: nothing } } },
    async (_, reply) => {
      valueOf(await reading('save-mail-settings', {}));
      return reply.code(204).send(null);
    },
  );
}

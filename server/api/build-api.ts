/**
 * The REST interface, whole: one fastify application that both listeners serve (server/api/listeners.ts). The order matters:
 * headers and log first, then the door of every route, then the routes, at last the pages.
 */
import { randomBytes } from 'node:crypto';
import cookie from '@fastify/cookie';
import fastify, { type FastifyInstance } from 'fastify';
import { guardRoutes } from './access';
import { type AccessRules, loadAccessRules } from './access-rules';
import type { ApiDeps } from './deps';
import { answerError, answerErrors } from './error-answers';
import { openLoginLimiter } from './login-limiter';
import { describeApi, openApiRoute } from './openapi';
import { openPasswords } from './passwords';
import { readInput } from './read-input';
import { logRequests } from './request-log';
import { agentRoutes } from './routes/agent-routes';
import { caRoutes } from './routes/ca-routes';
import { callCommandRoutes } from './routes/call-command-routes';
import { conferenceRoutes } from './routes/conference-routes';
import { callExportRoutes } from './routes/call-export-routes';
import { callRoutes } from './routes/call-routes';
import { outgoingNumberRoutes } from './routes/outgoing-number-routes';
import { companyRoutes } from './routes/company-routes';
import { contactRoutes } from './routes/contact-routes';
import { dealRoutes } from './routes/deal-routes';
import { deviceRoutes } from './routes/device-routes';
import { firstStartRoutes } from './routes/first-start-routes';
import { leadRoutes } from './routes/lead-routes';
import { loginRoutes } from './routes/login-routes';
import { attentionRoutes } from './routes/attention-routes';
import { dismissalRoutes } from './routes/dismissal-routes';
import { invitationRoutes } from './routes/invitation-routes';
import { explainRoutes } from './routes/explain-routes';
import { mailRoutes } from './routes/mail-routes';
import { messageRoutes } from './routes/message-routes';
import { mobileRoutes } from './routes/mobile-routes';
import { personRoutes } from './routes/person-routes';
import { pushRoutes } from './routes/push-routes';
import { reportedCallRoutes } from './routes/reported-call-routes';
import { reportRoutes } from './routes/report-routes';
import { numberRoutes } from './routes/number-routes';
import { officeDocumentRoutes } from './routes/office-document-routes';
import { officeObjectRoutes } from './routes/office-object-routes';
import { probeRoutes } from './routes/probe-routes';
import { queueRoutes } from './routes/queue-routes';
import { recordingRoutes } from './routes/recording-routes';
import { searchRoutes } from './routes/search-routes';
import { settingsRoutes } from './routes/settings-routes';
import { soundRoutes } from './routes/sound-routes';
import { statusRoutes } from './routes/status-routes';
import { tokenRoutes } from './routes/token-routes';
import { trunkTestRoutes } from './routes/trunk-test-routes';
import { trunkRoutes } from './routes/trunk-routes';
import { userRoutes } from './routes/user-routes';
import type { Api } from './schemas/schema';
import { watchingLogins } from './open-sockets';
import { addSecurityHeaders } from './security-headers';
import { socketRoutes } from './upgrades';
import { servePages } from './web-pages';

/** Ready to be served or injected into. Reads the access rules first, so the database must be open. */
export async function buildApi(given: ApiDeps): Promise<FastifyInstance> {
  const deps = { ...given, reading: watchingLogins(given.reading, () => app.openSockets.recheck()) };
  const rules = await loadAccessRules(deps.reading);
  const app = openApp(deps, rules);
  addSecurityHeaders(app, deps.config.tls === undefined ? 'our-own' : 'given');
  logRequests(app, deps.log, deps.metrics);
  answerErrors(app, deps.log);
  readInput(app);
  await app.register(cookie);
  guardRoutes(app, deps, rules);
  await describeApi(app, deps);
  addRoutes(app, deps, rules);
  await servePages(app, deps.webFolder, deps.config.browserFfmpeg ? 'on' : 'off');
  await app.ready();
  return app;
}

function openApp({ config, log }: ApiDeps, rules: AccessRules): Api {
  return fastify({
    logger: false, // request-log.ts writes our own line
    bodyLimit: config.limits.api.bodySizeBytesMax,
    genReqId: () => randomBytes(8).toString('hex'),
    trustProxy: (address) => rules.isTrustedProxy(address),
    frameworkErrors: (error, request, reply) => void answerError(error, { request, reply, log }),
    ajv: {
      customOptions: {
        coerceTypes: false,
        removeAdditional: false,
        allErrors: true,
        verbose: true,
        allowUnionTypes: true,
        discriminator: true,
      },
    },
  });
}

function addRoutes(app: Api, deps: ApiDeps, rules: AccessRules): void {
  const passwords = openPasswords(deps.config.limits.api);
  const limiter = openLoginLimiter(deps.clock, deps.config.limits.api);
  const parts = { deps, rules, limiter, passwords };
  loginRoutes(app, parts);
  invitationRoutes(app, parts);
  tokenRoutes(app, deps);
  userRoutes(app, deps, passwords);
  dismissalRoutes(app, deps);
  deviceRoutes(app, deps);
  trunkRoutes(app, deps);
  trunkTestRoutes(app, deps);
  reportedCallRoutes(app, deps);
  numberRoutes(app, deps);
  contactRoutes(app, deps);
  companyRoutes(app, deps);
  leadRoutes(app, deps);
  dealRoutes(app, deps);
  statusRoutes(app, deps);
  searchRoutes(app, deps);
  callRoutes(app, deps);
  callExportRoutes(app, deps);
  outgoingNumberRoutes(app, deps);
  callCommandRoutes(app, deps);
  conferenceRoutes(app, deps);
  recordingRoutes(app, deps);
  settingsRoutes(app, deps, rules);
  firstStartRoutes(app, deps);
  officeObjectRoutes(app, deps);
  queueRoutes(app, deps);
  agentRoutes(app, deps);
  personRoutes(app, deps);
  mobileRoutes(app, deps);
  explainRoutes(app, deps);
  mailRoutes(app, deps);
  messageRoutes(app, deps);
  attentionRoutes(app, deps);
  pushRoutes(app, deps);
  reportRoutes(app, deps);
  officeDocumentRoutes(app, deps);
  soundRoutes(app, deps);
  probeRoutes(app, deps);
  caRoutes(app, deps);
  openApiRoute(app, deps);
  socketRoutes(app, deps, rules);
}

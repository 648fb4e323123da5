/** Opens the doors of the service: REST interface, the two listeners, their sockets; and closes them in reverse. */
import type { FastifyInstance } from 'fastify';
import type { Certificates } from '../certificate/certificates';
import type { ListenAddress } from '../config-values';
import { buildApi } from './build-api';
import type { ApiDeps } from './deps';
import { type Listeners, startListeners } from './listeners';
import { acceptUpgrades } from './upgrades';

export interface Doors {
  readonly http: ListenAddress;
  readonly https: ListenAddress;
  readonly app: FastifyInstance;
  readonly servers: Listeners['servers'];
  readonly close: () => Promise<void>;
}

/** The database must be open. Rejects where an address is taken or a certificate cannot be used. */
export async function startDoors(deps: Omit<ApiDeps, 'rootCertificate'>, certificates: Certificates): Promise<Doors> {
  const { config, clock } = deps;
  const app = await buildApi({ ...deps, rootCertificate: certificates.root });
  const listeners = await startListeners({ app, config, certificates, clock });
  const { http, https, servers } = listeners;
  acceptUpgrades(app, servers);
  return {
    http,
    https,
    app,
    servers,
    async close() {
      await app.openSockets.close(); // a listener closes when the last connection is gone
      await listeners.close();
      await app.close();
    },
  };
}

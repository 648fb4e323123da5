// The embedded SIP engine: transports, transactions and dialogs on one side, applications that speak the drachtio protocol on the
// other. `run` waits for its configuration on the port and serves until told to stop; tests run it in their own thread.

import { AppServer } from './app-link/app-server';
import type { AppConnection } from './app-link/app-connection';
import { runCommand } from './app-link/run-command';
import type { Clock } from './clock';
import type { EngineConfig } from './config';
import type { Core } from './core';
import { newCounters } from './counters';
import { DialogTable } from './dialog/dialog-table';
import { sweepSubscriptions } from './dialog/subscription-end';
import { FaultGuard } from './fault-guard';
import { FloodGuard } from './flood-guard';
import { leaveBehind } from './leave-behind';
import type { EngineCounters, EnginePort, FromEngine, ToEngine } from './messages';
import { receive } from './receive';
import { type Names, Resolver, systemNames } from './resolve';
import { FlowAliases } from './transport/flow-aliases';
import { Transports } from './transport/transports';

/** Serves one engine over this port. `names` asks the domain name system; tests give a table. */
export function run(port: EnginePort, clock: Clock, names: Names = systemNames): void {
  let core: Core | undefined;
  let stopSweep: () => void = () => undefined;
  port.on('message', (message: ToEngine) => {
    switch (message.type) {
      case 'start':
        openCore(message.config, { clock, names, post: (said) => port.postMessage(said) }).then(
          (opened) => {
            core = opened;
            stopSweep = sweepSubscriptions(opened);
            port.postMessage({
              type: 'ready',
              port: opened.apps.port,
              hostports: opened.transports.hostports('advertised'),
              localHostports: opened.transports.hostports('bound'),
            });
          },
          (error: unknown) =>
            port.postMessage({ type: 'failed', problem: error instanceof Error ? error.message : String(error) }),
        );
        return;
      case 'counters':
        if (core) port.postMessage({ type: 'counters', id: message.id, counters: countersOf(core) });
        return;
      case 'silence':
        core?.guard.silence(message.address, message.forMs);
        return;
      case 'certificate':
        core?.transports.showCertificate(message.certificate);
        return;
      case 'end-flow':
        core?.transports.endFlow(message.address, message.port);
        return;
      case 'flow-opened':
      case 'flow-read':
      case 'flow-closed':
        core?.transports.door.take(message);
        return;
      case 'stop':
        stopSweep();
        void stop(core).then(() => port.postMessage({ type: 'stopped' }));
        return;
    }
  });
}

interface Surroundings {
  readonly clock: Clock;
  readonly names: Names;
  post(message: FromEngine): void;
}

async function openCore(config: EngineConfig, { clock: plainClock, names, post }: Surroundings): Promise<Core> {
  const counters = newCounters();
  const faults = new FaultGuard(counters, (stack) => post({ type: 'fault', stack }));
  const clock = faults.clock(plainClock);
  const guard = new FloodGuard(clock, config.limits, counters);
  // The sockets are open before the core is whole; what arrives in between is lost like any packet.
  const holder: { core: Core | undefined } = { core: undefined };
  const transports = await Transports.open({
    listen: config.listen,
    certificate: config.certificate,
    toDoor: post,
    addresses: { publicAddress: config.publicAddress, localNetworks: config.localNetworks },
    tcpLimits: config.limits.tcp,
    clock,
    user: {
      received: (flow, text) => {
        const { core } = holder;
        // A connection may be older than the silence its source has earned.
        const isHeard = core && (flow.reliability === 'unreliable' || guard.isWelcome(flow.remoteAddress));
        if (isHeard) faults.run(() => receive(core, flow, text));
      },
      closed: ({ wire, remoteAddress: address, remotePort }) =>
        post({ type: 'flow-lost', wire, address, port: remotePort }),
      isWelcome: (address) => guard.isWelcome(address),
    },
  });
  const apps = await AppServer.listen(config.appPort ?? 0, {
    secret: config.secret,
    clock,
    hostports: (kind) => transports.hostports(kind),
    command: (app, command) => {
      const { core } = holder;
      if (core) faults.run(() => runCommand(core, app, command));
    },
    gone: (app: AppConnection) => {
      const { core } = holder;
      if (core) faults.run(() => leaveBehind(core, app));
    },
  });
  holder.core = {
    clock,
    limits: config.limits,
    counters,
    guard,
    transports,
    aliases: new FlowAliases(),
    apps,
    serverTransactions: new Map(),
    clientTransactions: new Map(),
    dialogs: new DialogTable(),
    received: new Map(),
    receivedInvites: new Map(),
    ringingCallIds: new Set(),
    sent: new Map(),
    resolver: new Resolver(clock, names, config.limits.resolveMs),
    sentSubscribes: new Map(),
  };
  return holder.core;
}

function countersOf(core: Core): EngineCounters {
  return {
    ...core.counters,
    ...core.transports.tcpCounters,
    dialogs: core.dialogs.size,
    transactions: core.serverTransactions.size + core.clientTransactions.size,
  };
}

async function stop(core: Core | undefined): Promise<void> {
  if (!core) return;
  await core.apps.close();
  await core.transports.close();
  for (const transaction of [...core.serverTransactions.values()]) transaction.abandon();
  for (const transaction of [...core.clientTransactions.values()]) transaction.abandon();
  for (const received of core.received.values()) if (received.patience) core.clock.cancel(received.patience);
  for (const sent of core.sent.values()) if (sent.cancelTimer) core.clock.cancel(sent.cancelTimer);
  core.dialogs.clear();
}

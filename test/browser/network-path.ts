/**
 * The network between a page and the service, which can fail: HTTP and WebSockets through one TCP port, browser audio through one UDP port. The
 * page is told the relay's UDP port in place of the service's (`leadThere`). A path that is left behind says nothing any more and refuses
 * nothing, as when a machine has another address now; what begins afterwards passes. In the dark nothing comes back at all.
 */
import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import type { BrowserContext } from 'playwright-core';
import type { Ports } from '../../demo/service';

interface Connection {
  readonly near: Socket;
  readonly far: Socket;
  /** Of the request that opened it. */
  path: string;
}

export class NetworkPath {
  private readonly ports: Ports;
  private readonly tcp: Server;
  private readonly udp: UdpSocket;
  private readonly connections = new Set<Connection>();
  /** By the browser's port. Undefined: its address is gone. */
  private readonly flows = new Map<number, UdpSocket | undefined>();
  /** Paths of WebSockets as they were opened, with the time. */
  readonly upgrades: { readonly path: string; readonly at: number }[] = [];
  /** No answer finds its way. */
  private isDark = false;
  private readonly heldBack = new Set<Connection>();

  private constructor(ports: Ports, tcp: Server, udp: UdpSocket) {
    this.ports = ports;
    this.tcp = tcp;
    this.udp = udp;
    tcp.on('connection', (near) => this.takeConnection(near));
    udp.on('message', (packet, from) => this.flowOf(from.port)?.send(packet, ports.webrtc, '127.0.0.1'));
    udp.on('error', () => undefined);
  }

  static async open(ports: Ports): Promise<NetworkPath> {
    const tcp = createServer();
    const udp = createSocket('udp4');
    tcp.listen(0, '127.0.0.1');
    udp.bind(0, '127.0.0.1');
    await Promise.all([once(tcp, 'listening'), once(udp, 'listening')]);
    return new NetworkPath(ports, tcp, udp);
  }

  get url(): string {
    const { port } = this.tcp.address() as AddressInfo; // the border: it listens on TCP
    return `http://127.0.0.1:${port}`;
  }

  /** Browser audio of this window's pages goes through here. */
  async leadThere(window: BrowserContext): Promise<void> {
    await window.addInitScript(readCandidates, { from: this.ports.webrtc, to: this.udp.address().port });
  }

  /** How many connections for this path are open now. */
  open(path: string): number {
    return [...this.connections].filter((connection) => connection.path.startsWith(path)).length;
  }

  /** How often one for this path was opened. */
  opened(path: string): number {
    return this.upgrades.filter((upgrade) => upgrade.path.startsWith(path)).length;
  }

  /** Connections opened for this path are closed, as a proxy that restarts does it. Answers how many. */
  cut(path: string): number {
    const cut = [...this.connections].filter((connection) => connection.path.startsWith(path));
    for (const { near, far } of cut) {
      near.destroy();
      far.destroy();
    }
    return cut.length;
  }

  /** The page's machine has another address: whatever it had is silent from now on, and is told nothing. */
  changeAddress(): void {
    for (const { near, far } of this.connections) {
      near.pause();
      near.unpipe();
      far.pause();
      far.unpipe();
    }
    for (const [port, flow] of this.flows) {
      flow?.close();
      this.flows.set(port, undefined);
    }
  }

  /** The network is silent: what is open stays so and says nothing, and what is opened gets no answer. */
  goDark(): void {
    this.isDark = true;
    this.changeAddress();
  }

  /** The answers to what was opened in the dark arrive, as those to a request that TCP sends again. */
  comeBack(): void {
    this.isDark = false;
    for (const connection of this.heldBack) connection.far.pipe(connection.near);
    this.heldBack.clear();
  }

  close(): void {
    for (const { near, far } of this.connections) {
      near.destroy();
      far.destroy();
    }
    for (const flow of this.flows.values()) flow?.close();
    this.tcp.close();
    this.udp.close();
  }

  private takeConnection(near: Socket): void {
    const far = connect(this.ports.http, '127.0.0.1');
    const connection: Connection = { near, far, path: '' };
    this.connections.add(connection);
    near.on('data', (bytes) => this.note(connection, bytes));
    near.pipe(far);
    if (this.isDark) this.heldBack.add(connection);
    else far.pipe(near);
    const over = (): void => {
      this.connections.delete(connection);
      this.heldBack.delete(connection);
      near.destroy();
      far.destroy();
    };
    for (const end of [near, far]) {
      end.on('close', over);
      end.on('error', over);
    }
  }

  private note(connection: Connection, bytes: Buffer): void {
    const path = /^GET (\S+) HTTP\/1\.1\r\n(?:.*\r\n)*?Upgrade: websocket\r\n/i.exec(bytes.toString('latin1'))?.[1];
    if (path === undefined) return;
    connection.path = path;
    this.upgrades.push({ path, at: performance.now() });
  }

  private flowOf(port: number): UdpSocket | undefined {
    if (this.isDark) return undefined;
    if (this.flows.has(port)) return this.flows.get(port);
    const flow = createSocket('udp4');
    flow.on('message', (packet) => this.udp.send(packet, port, '127.0.0.1'));
    flow.on('error', () => undefined); // ICMP while the service is away
    this.flows.set(port, flow);
    return flow;
  }
}

/** In the page: candidates of the service are read as those of the relay. */
function readCandidates({ from, to }: { readonly from: number; readonly to: number }): void {
  const Plain = globalThis.RTCPeerConnection;
  class Relayed extends Plain {
    override setRemoteDescription(description: RTCSessionDescriptionInit): Promise<void> {
      const sdp = description.sdp?.replaceAll(` ${from} typ host`, ` ${to} typ host`);
      return super.setRemoteDescription({ type: description.type, ...(sdp === undefined ? {} : { sdp }) });
    }
  }
  globalThis.RTCPeerConnection = Relayed;
}

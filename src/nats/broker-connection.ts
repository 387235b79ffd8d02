import {
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { connect, type NatsConnection, type NodeConnectionOptions } from '@nats-io/transport-node';
import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf } from '../common/message-of.js';
import { Settings } from '../config/settings.js';

/** `disabled`: NATS_URL is empty; `connecting`: never connected yet; `disconnected`: lost, and trying on. */
export type NatsState = 'disabled' | 'connecting' | 'connected' | 'disconnected';

const RETRY_MS = 1_000;
/** A broker that hangs is noticed after two unanswered pings. */
const PING_MS = 5_000;
const MOST_UNANSWERED_PINGS = 2;
const CONNECT_TIMEOUT_MS = 5_000;

/** Keeps one connection to the broker, in the background: nothing waits for it, and it never gives up. */
@Injectable()
export class BrokerConnection implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(BrokerConnection.name);
  private readonly stop = new AbortController();
  private readonly connectedListeners = new Set<() => void>();
  private readonly disconnectedListeners = new Set<() => void>();
  private connection: NatsConnection | undefined;
  private current: NatsState;

  constructor(private readonly settings: Settings) {
    this.current = settings.NATS_URL === '' ? 'disabled' : 'connecting';
  }

  onApplicationBootstrap(): void {
    if (this.current !== 'disabled') void this.keepConnected();
  }

  async onApplicationShutdown(): Promise<void> {
    this.stop.abort();
    await this.connection?.close();
  }

  get state(): NatsState {
    return this.current;
  }

  /** The connection while it stands, undefined otherwise. */
  get open(): NatsConnection | undefined {
    return this.current === 'connected' ? this.connection : undefined;
  }

  /** Calls `listener` whenever the connection is made or made again. */
  onConnected(listener: () => void): void {
    this.connectedListeners.add(listener);
  }

  /** Calls `listener` whenever the connection is lost. */
  onDisconnected(listener: () => void): void {
    this.disconnectedListeners.add(listener);
  }

  /** The client reconnects by itself; only the first connection, and one that it closed for good, are ours to make. */
  private async keepConnected(): Promise<void> {
    let failure: string | undefined;
    while (!this.stop.signal.aborted) {
      try {
        await this.connectOnce();
        failure = undefined;
      } catch (thrown) {
        const reason = messageOf(thrown);
        if (reason !== failure) this.logger.warn(`NATS is not reachable, trying on: ${reason}`);
        failure = reason;
      }
      await sleep(RETRY_MS, undefined, { signal: this.stop.signal }).catch(() => undefined);
    }
  }

  private async connectOnce(): Promise<void> {
    const connection = await connect(connectOptions(this.settings.NATS_URL));
    if (this.stop.signal.aborted) return connection.close();
    this.connection = connection;
    this.setState('connected');
    for await (const { type } of connection.status()) {
      if (type === 'disconnect') this.setState('disconnected');
      if (type === 'reconnect') this.setState('connected');
    }
    await connection.closed();
    this.setState('disconnected');
  }

  private setState(state: NatsState): void {
    if (state === this.current || this.stop.signal.aborted) return;
    this.current = state;
    if (state === 'connected') {
      this.logger.log('NATS is connected');
      for (const listener of this.connectedListeners) listener();
    } else {
      this.logger.warn('NATS is disconnected; events wait in the log');
      for (const listener of this.disconnectedListeners) listener();
    }
  }
}

/** The servers of NATS_URL, with the user and password or the token that its first address holds. */
function connectOptions(natsUrl: string): NodeConnectionOptions {
  const addresses = natsUrl.split(',').map((text) => new URL(text));
  const [{ username, password, protocol }] = addresses as [URL];
  const credentials =
    password !== ''
      ? { user: decodeURIComponent(username), pass: decodeURIComponent(password) }
      : username !== ''
        ? { token: decodeURIComponent(username) }
        : {};
  return {
    ...credentials,
    ...(protocol === 'tls:' && { tls: {} }),
    name: 'kurs',
    servers: addresses.map(({ hostname, port }) => `${hostname}:${port || '4222'}`),
    maxReconnectAttempts: -1,
    reconnectTimeWait: RETRY_MS,
    timeout: CONNECT_TIMEOUT_MS,
    pingInterval: PING_MS,
    maxPingOut: MOST_UNANSWERED_PINGS,
    ignoreAuthErrorAbort: true,
  };
}

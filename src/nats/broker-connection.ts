import {
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf } from '../common/message-of.js';
import { Settings } from '../config/settings.js';
import { BrokerDenials, type Denial } from './broker-denials.js';
import { connectOptions } from './connect-options.js';
import { KeptSubscription, type SubscriptionOptions } from './kept-subscription.js';
import { BrokerUnavailableError } from './nats.errors.js';

/** `disabled`: NATS_URL is empty; `connecting`: never connected yet; `disconnected`: lost, and trying on. */
export const NATS_STATES = ['disabled', 'connecting', 'connected', 'disconnected'] as const;
export type NatsState = (typeof NATS_STATES)[number];

const RETRY_MS = 1_000;
/** How long a command waits for the broker. */
const PATIENCE_MS = 10_000;
const PERSEVERANCE = {
  maxReconnectAttempts: -1,
  reconnectTimeWait: RETRY_MS,
  timeout: 5_000,
  // A broker that hangs is noticed after two unanswered pings.
  pingInterval: 5_000,
  maxPingOut: 2,
  ignoreAuthErrorAbort: true,
  // A stack for every publish, in case it fails, costs a fifth of the relay's time.
  noAsyncTraces: true,
};

/** Keeps one connection to the broker, in the background: nothing waits for it, and it never gives up. */
@Injectable()
export class BrokerConnection implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(BrokerConnection.name);
  private readonly stop = new AbortController();
  private readonly connectedListeners = new Set<() => void>();
  private readonly disconnectedListeners = new Set<() => void>();
  private connection: NatsConnection | undefined;
  private current: NatsState;

  constructor(
    private readonly settings: Settings,
    private readonly denials: BrokerDenials,
  ) {
    this.current = settings.NATS_URL === '' ? 'disabled' : 'connecting';
  }

  onApplicationBootstrap(): void {
    if (this.current !== 'disabled') void this.keepConnected();
  }

  async onApplicationShutdown(): Promise<void> {
    this.stop.abort();
    await this.connection?.close();
  }

  /** What the broker does not let this connection do. */
  get denied(): Denial[] {
    return this.denials.current;
  }

  get state(): NatsState {
    return this.current;
  }

  /** The connection while it stands, undefined otherwise. */
  get open(): NatsConnection | undefined {
    const isOpen = this.current === 'connected' && this.connection?.isClosed() === false;
    return isOpen ? this.connection : undefined;
  }

  /**
   * Waits for a connection, but not for ever: for commands.
   *
   * @throws BrokerUnavailableError
   */
  async made(): Promise<NatsConnection> {
    if (this.current === 'connecting') {
      const connected = new Promise<void>((resolve) => this.onConnected(resolve));
      await Promise.race([connected, sleep(PATIENCE_MS, undefined, { ref: false })]);
    }
    const { open } = this;
    if (!open) throw new BrokerUnavailableError();
    return open;
  }

  /** Subscribes whenever there is a connection. */
  subscribe(subject: string, options: SubscriptionOptions): KeptSubscription {
    const kept = new KeptSubscription(subject, options, this.denials);
    this.onConnected(() => {
      if (this.open) kept.openOn(this.open);
    });
    return kept;
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
    const connection = await connect({ ...connectOptions(this.settings), ...PERSEVERANCE });
    if (this.stop.signal.aborted) return connection.close();
    this.connection = connection;
    this.setState('connected');
    for await (const status of connection.status()) {
      if (status.type === 'disconnect') this.setState('disconnected');
      if (status.type === 'reconnect') this.setState('connected');
      if (status.type === 'error') this.denials.noteDenial(status.error);
    }
    await connection.closed();
    this.setState('disconnected');
  }

  private setState(state: NatsState): void {
    if (state === this.current || this.stop.signal.aborted) return;
    this.current = state;
    if (state === 'connected') {
      this.denials.forgetAll();
      for (const listener of this.connectedListeners) listener();
      this.logger.log('NATS is connected');
    } else {
      this.logger.warn('NATS is disconnected; events wait in the log');
      for (const listener of this.disconnectedListeners) listener();
    }
  }
}

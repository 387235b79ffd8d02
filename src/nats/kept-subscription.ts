import type { Msg, NatsConnection, Subscription } from '@nats-io/transport-node';
import type { BrokerDenials } from './broker-denials.js';

/** Retry interval after a denial, in milliseconds: permissions may be changed at run time. */
const RETRY_MS = 10_000;

export interface SubscriptionOptions {
  /** One subscriber of a queue gets each message. */
  queue?: string;
  callback: (message: Msg, connection: NatsConnection) => void;
}

/** Subscription that survives reconnects and denials; the NATS client drops a denied one for good. */
export class KeptSubscription {
  private current: Subscription | undefined;
  private connection: NatsConnection | undefined;
  private retry: NodeJS.Timeout | undefined;
  private isEnding = false;

  constructor(
    private readonly subject: string,
    private readonly options: SubscriptionOptions,
    private readonly denials: BrokerDenials,
  ) {}

  /** Subscribes on this connection, unless it is subscribed on it. */
  openOn(connection: NatsConnection): void {
    const isOpen = this.current?.isClosed() === false && this.connection === connection;
    if (isOpen || this.isEnding || connection.isClosed()) return;
    clearTimeout(this.retry);
    this.connection = connection;
    const { queue, callback } = this.options;
    this.current = connection.subscribe(this.subject, {
      ...(queue !== undefined && { queue }),
      callback: (failure, message) => {
        if (failure) this.tryLater(connection);
        else callback(message, connection);
      },
    });
  }

  /** Unsubscribes, but processes messages already received. */
  async drain(): Promise<void> {
    this.isEnding = true;
    clearTimeout(this.retry);
    await this.current?.drain();
  }

  private tryLater(connection: NatsConnection): void {
    clearTimeout(this.retry);
    this.retry = setTimeout(() => {
      this.denials.forget('subscription', this.subject);
      this.openOn(connection);
    }, RETRY_MS).unref();
  }
}

import { Injectable, Logger } from '@nestjs/common';
import { messageOf } from '../common/message-of.js';
import type { EventLogEntity } from './event-log.entity.js';

/** One or more committed events, in the order of the log. */
export type EventBatch = readonly EventLogEntity[];

type Subscriber = (batch: EventBatch) => void;
type NewLogListener = (logId: string) => void;

const NOBODY = (): void => undefined;

/**
 * Passes committed events to subscribers. An exception of one subscriber is logged and does not affect the others;
 * it can catch up from the log.
 */
@Injectable()
export class EventBus {
  private readonly logger = new Logger(EventBus.name);
  private readonly subscribers = new Map<Subscriber, { name: string; onNewLog: NewLogListener }>();

  /** Returns a function that unsubscribes. `name` is for log lines; `onNewLog` is called with a new `log_id`. */
  subscribe(name: string, subscriber: Subscriber, onNewLog: NewLogListener = NOBODY): () => void {
    this.subscribers.set(subscriber, { name, onNewLog });
    return () => this.subscribers.delete(subscriber);
  }

  publish(batch: EventBatch): void {
    for (const [subscriber, { name }] of this.subscribers) {
      this.try(`${name} failed on ${batch.length} event(s)`, () => subscriber(batch));
    }
  }

  /** Announces a new `log_id`, whether or not events follow. */
  renameLog(logId: string): void {
    for (const { name, onNewLog } of this.subscribers.values()) {
      this.try(`${name} failed on the log's new name`, () => onNewLog(logId));
    }
  }

  private try(failure: string, work: () => void): void {
    try {
      work();
    } catch (thrown) {
      this.logger.error(`${failure}: ${messageOf(thrown)}`);
    }
  }
}

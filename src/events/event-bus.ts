import { Injectable, Logger } from '@nestjs/common';
import { messageOf } from '../common/message-of.js';
import type { EventLogEntity } from './event-log.entity.js';

/** One or more committed events, in the order of the log. */
export type EventBatch = readonly EventLogEntity[];

type Subscriber = (batch: EventBatch) => void;
type NewLogListener = (logId: string) => void;

const NOBODY = (): void => undefined;

/**
 * Hands committed events to those who deliver them. A subscriber that throws is logged and harms
 * nobody else; it may fall behind, for the log keeps everything.
 */
@Injectable()
export class EventBus {
  private readonly logger = new Logger(EventBus.name);
  private readonly subscribers = new Map<Subscriber, { name: string; onNewLog: NewLogListener }>();

  /** `name` is for the log; `onNewLog` is told of another `log_id`. Returns the undoing. */
  subscribe(name: string, subscriber: Subscriber, onNewLog: NewLogListener = NOBODY): () => void {
    this.subscribers.set(subscriber, { name, onNewLog });
    return () => this.subscribers.delete(subscriber);
  }

  publish(batch: EventBatch): void {
    for (const [subscriber, { name }] of this.subscribers) {
      this.try(`${name} failed on ${batch.length} event(s)`, () => subscriber(batch));
    }
  }

  /** The log is called `logId` from here on, whether or not events follow. */
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

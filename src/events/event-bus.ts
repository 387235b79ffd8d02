import { Injectable, Logger } from '@nestjs/common';
import { messageOf } from '../common/message-of.js';
import type { EventLogEntity } from './event-log.entity.js';

/** One or more committed events, in the order of the log. */
export type EventBatch = readonly EventLogEntity[];

type Subscriber = (batch: EventBatch) => void;

/**
 * Hands committed events to those who deliver them. A subscriber that throws is logged and harms
 * nobody else; it may fall behind, for the log keeps everything.
 */
@Injectable()
export class EventBus {
  private readonly logger = new Logger(EventBus.name);
  private readonly subscribers = new Map<Subscriber, string>();

  /** `name` is for the log. Returns the undoing. */
  subscribe(name: string, subscriber: Subscriber): () => void {
    this.subscribers.set(subscriber, name);
    return () => this.subscribers.delete(subscriber);
  }

  publish(batch: EventBatch): void {
    for (const [subscriber, name] of this.subscribers) {
      try {
        subscriber(batch);
      } catch (thrown) {
        this.logger.error(`${name} failed on ${batch.length} event(s): ${messageOf(thrown)}`);
      }
    }
  }
}

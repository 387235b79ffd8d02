import { Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { Settings } from '../config/settings.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { EventTail } from '../events/event-tail.js';
import { BrokerConnection } from './broker-connection.js';

/**
 * Tells the other instances of every commit, and listens to theirs: a hint says "look at the log",
 * no more. Without the broker, or with a hint lost, the tail's own poll finds the commit a little later.
 */
@Injectable()
export class CommitHints implements OnModuleInit, OnApplicationShutdown {
  private readonly subject: string;
  private unsubscribe = (): void => undefined;

  constructor(
    private readonly broker: BrokerConnection,
    private readonly unitOfWork: UnitOfWork,
    private readonly tail: EventTail,
    { NATS_SUBJECT_PREFIX }: Settings,
  ) {
    this.subject = `${NATS_SUBJECT_PREFIX}.hints`;
  }

  onModuleInit(): void {
    this.broker.subscribe(this.subject, { callback: () => this.tail.wake() });
    this.unsubscribe = this.unitOfWork.onCommit(() => this.broker.open?.publish(this.subject));
  }

  onApplicationShutdown(): void {
    this.unsubscribe();
  }
}

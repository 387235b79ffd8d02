import { Injectable, Logger } from '@nestjs/common';
import { PermissionViolationError } from '@nats-io/transport-node';
import { Clock } from '../common/clock.js';
import { covers } from '../common/nats-subject.js';
import { Settings } from '../config/settings.js';

/** What the broker does not let Kurs do. */
export interface Denial {
  operation: 'publish' | 'subscription';
  /** A pattern where each message has a subject of its own: of events, and of answers. */
  subject: string;
  /** The last time that it did not. */
  denied_at: Date;
}

/** Kurs has a handful of subjects; more than these tell nothing new. */
const MOST_DENIALS = 50;

/** What the broker has denied on its connection; each is logged once. */
@Injectable()
export class BrokerDenials {
  private readonly logger = new Logger(BrokerDenials.name);
  private readonly denials = new Map<string, Denial>();
  private readonly told = new Set<string>();
  private readonly patterns: readonly string[];

  constructor(
    private readonly clock: Clock,
    { NATS_SUBJECT_PREFIX, NATS_REPLY_PREFIXES }: Settings,
  ) {
    const inboxes = new Set([...NATS_REPLY_PREFIXES.split(','), '_INBOX']);
    this.patterns = [NATS_SUBJECT_PREFIX + '.events', ...inboxes].map((prefix) => `${prefix}.>`);
  }

  get current(): Denial[] {
    return [...this.denials.values()];
  }

  /** Takes note of what the client reports, where it is that. */
  noteDenial(failure: unknown): void {
    if (!(failure instanceof PermissionViolationError)) return;
    const { operation } = failure;
    const subject = this.shown(failure.subject);
    const key = `${operation} ${subject}`;
    if (!this.denials.has(key) && this.denials.size >= MOST_DENIALS) return;
    this.denials.set(key, { operation, subject, denied_at: this.clock.now() });
    if (this.told.has(key)) return;
    this.told.add(key);
    const what = operation === 'publish' ? 'publish on' : 'subscribe to';
    this.logger.warn(
      `NATS does not let Kurs ${what} "${subject}": its user lacks the permission (SECURITY.md lists them)`,
    );
  }

  /** Before another try: if it is denied again, that is noted again. */
  forget(operation: Denial['operation'], subject: string): void {
    this.denials.delete(`${operation} ${this.shown(subject)}`);
  }

  /** A new connection may have other permissions. */
  forgetAll(): void {
    this.denials.clear();
  }

  private shown(subject: string): string {
    return this.patterns.find((pattern) => covers(pattern, subject)) ?? subject;
  }
}

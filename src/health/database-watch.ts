import {
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { DatabaseCondition } from '../database/database-condition.js';
import { TrustedClock } from '../events/trusted-clock.js';

/** Interval of file checks, in milliseconds. */
const LOOK_MS = 500;
/** Retry interval after a failed write, in milliseconds. */
const RETRY_MS = 5_000;
/** Idle time after which a probe write is made, in milliseconds. */
const IDLE_MS = 30_000;

/** Detects a database that cannot be written before a client does. */
@Injectable()
export class DatabaseWatch implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private timers: NodeJS.Timeout[] = [];
  private isWriting = false;

  constructor(
    private readonly condition: DatabaseCondition,
    private readonly clock: TrustedClock,
  ) {}

  onApplicationBootstrap(): void {
    this.timers = [
      setInterval(() => this.condition.look(), LOOK_MS),
      setInterval(() => void this.writeIfIdle(IDLE_MS), RETRY_MS),
    ];
  }

  beforeApplicationShutdown(): void {
    for (const timer of this.timers) clearInterval(timer);
  }

  /** Commits a small write: nothing less detects a full disk or a read-only file system. */
  async writeIfIdle(idleMs: number): Promise<void> {
    if (this.isWriting || !this.condition.isUnproven(idleMs)) return;
    this.isWriting = true;
    try {
      await this.clock.save();
    } catch {
      // DatabaseCondition has recorded and logged it.
    } finally {
      this.isWriting = false;
    }
  }
}

import {
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { DatabaseCondition } from '../database/database-condition.js';
import { TrustedClock } from '../events/trusted-clock.js';

/** How often the files are looked at, in milliseconds. */
const LOOK_MS = 500;
/** How often a write that failed is tried again, in milliseconds. */
const RETRY_MS = 5_000;
/** A service that has written nothing for so long writes something to see whether it can, in milliseconds. */
const IDLE_MS = 30_000;

/** Finds out about a database that cannot be written before somebody wants to write. */
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

  /** A small write that is committed: nothing less finds a full disk, or a file system that is mounted read-only. */
  async writeIfIdle(idleMs: number): Promise<void> {
    if (this.isWriting || !this.condition.isUnproven(idleMs)) return;
    this.isWriting = true;
    try {
      await this.clock.save();
    } catch {
      // The condition has it, and has told the log.
    } finally {
      this.isWriting = false;
    }
  }
}

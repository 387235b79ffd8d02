import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
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
export class DatabaseWatch {
  private isWriting = false;

  constructor(
    private readonly condition: DatabaseCondition,
    private readonly clock: TrustedClock,
  ) {}

  @Interval('database-files', LOOK_MS)
  checkFiles(): void {
    this.condition.checkFiles();
  }

  /** Commits a small write: nothing less detects a full disk or a read-only file system. */
  @Interval('database-write', RETRY_MS)
  async writeIfIdle(idleMs = IDLE_MS): Promise<void> {
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

import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { DataVersion } from '../../http/answers/index.js';

/** Knows since when this instance has had the data that it answers with. */
@Injectable()
export class LastChange {
  private at: Date | undefined;

  constructor(
    data: DataVersion,
    private readonly clock: Clock,
  ) {
    data.onChange(() => (this.at = clock.now()));
  }

  /**
   * As `Last-Modified`, whose unit is a second; undefined within the second of the change, because another change
   * in the same second could not be told from it (RFC 9110, 8.8.2.2).
   */
  get httpDate(): string | undefined {
    const { at } = this;
    if (!at || seconds(at) >= seconds(this.clock.now())) return undefined;
    return at.toUTCString();
  }
}

function seconds(instant: Date): number {
  return Math.floor(instant.getTime() / 1_000);
}

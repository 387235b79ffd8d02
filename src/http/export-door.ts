import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { Settings } from '../config/settings.js';
import { TooManyExportsError } from './http.errors.js';

/** Whoever reads nothing for so long gives the place of his long answer to others, in milliseconds. */
const STALLED_MS = 30_000;

/** Lets so many long answers be given at once (MAX_EXPORTS), and cuts off those whose readers stand still. */
@Injectable()
export class ExportDoor {
  private count = 0;

  constructor(private readonly settings: Settings) {}

  /**
   * Takes a place until the response is closed.
   *
   * @throws TooManyExportsError
   */
  enter(response: Response): void {
    if (this.count >= this.settings.MAX_EXPORTS) throw new TooManyExportsError();
    // Gone already: nothing would give its place back.
    if (response.closed) return;
    this.count += 1;
    response.once('close', () => (this.count -= 1));
    response.setTimeout(STALLED_MS, () => response.destroy());
  }
}

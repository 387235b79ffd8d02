import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { Settings } from '../config/settings.js';
import { TooManyExportsError } from './http.errors.js';

/** Lets so many long answers be given at once (MAX_EXPORTS). */
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
    if (response.destroyed) return;
    this.count += 1;
    response.once('close', () => (this.count -= 1));
  }
}

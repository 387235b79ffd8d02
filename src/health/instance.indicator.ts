import { Injectable } from '@nestjs/common';
import { type HealthIndicatorResult, HealthIndicatorService } from '@nestjs/terminus';
import { Settings } from '../config/settings.js';
import { Readiness } from '../http/server/index.js';
import { RateBooks } from '../rates/book/index.js';
import { BookNotLoadedError } from '../rates/model/index.js';
import { DrainingError, told } from './health.errors.js';

/** Checks that an instance depends on: if one is `down`, requests should go to another instance. */
@Injectable()
export class InstanceIndicator {
  constructor(
    private readonly health: HealthIndicatorService,
    private readonly readiness: Readiness,
    private readonly books: RateBooks,
    private readonly settings: Settings,
  ) {}

  /** Whether the figures are made up. */
  get isDemo(): boolean {
    return this.settings.DEMO === 1;
  }

  /** Whether new requests are accepted. */
  service(): HealthIndicatorResult {
    const session = this.health.check('service');
    return this.readiness.isDraining ? session.down(told(new DrainingError())) : session.up();
  }

  /** Whether the stored rates are loaded; reads fail until then. */
  book(): HealthIndicatorResult {
    const session = this.health.check('book');
    if (!this.books.isLoaded) return session.down(told(new BookNotLoadedError()));
    const { versions, bytes } = this.books.current.size;
    return session.up({ versions, bytes, load_ms: Math.round(this.books.loadMs) });
  }
}

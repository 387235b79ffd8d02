import { Module, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { Settings } from '../config/settings.js';
import { RateLimiter } from '../http/access/index.js';
import { answerPageFile } from './answer-page-file.js';
import { readPageFiles } from './page-files.js';

/**
 * The page on `/`. Each file has its own route, so that other methods result in 405 and other paths in 404. Like
 * `/docs`, these routes are not part of the API and its document.
 */
@Module({})
export class DashboardModule implements OnModuleInit {
  constructor(
    private readonly adapters: HttpAdapterHost,
    private readonly limiter: RateLimiter,
    private readonly settings: Settings,
  ) {}

  onModuleInit(): void {
    for (const file of readPageFiles({ isDemo: this.settings.DEMO === 1 })) {
      this.adapters.httpAdapter.get(file.path, answerPageFile(file));
      this.limiter.exempt(file.path);
    }
  }
}

import { Module, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { RateLimiter } from '../http/access/index.js';
import { answerPageFile } from './answer-page-file.js';
import { readPageFiles } from './page-files.js';

/**
 * The page on `/`. Each file has a route of its own, so that other methods are 405 and anything else 404, as
 * everywhere; like those of `/docs` the routes are no part of the API and of its document.
 */
@Module({})
export class DashboardModule implements OnModuleInit {
  constructor(
    private readonly adapters: HttpAdapterHost,
    private readonly limiter: RateLimiter,
  ) {}

  onModuleInit(): void {
    for (const file of readPageFiles()) {
      this.adapters.httpAdapter.get(file.path, answerPageFile(file));
      this.limiter.exempt(file.path);
    }
  }
}

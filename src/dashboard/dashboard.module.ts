import { Module, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { Application } from 'express';
import { Settings } from '../config/settings.js';
import { RateLimiter } from '../http/access/index.js';
import { ConditionalGet } from '../http/answers/index.js';
import { RatesModule } from '../rates/rates.module.js';
import { answerPageFile } from './answer-page-file.js';
import { answerPage, answerPreview, PAGE_ADDRESSES } from './page-addresses.js';
import { PageAnswers } from './page-answers.js';
import { readPage } from './page-files.js';
import { PaintedPages } from './painted-pages.js';

/**
 * The page and its addresses. Each file has its own route, so that other methods result in 405 and other paths in
 * 404. Like `/docs`, these routes are not part of the API and its document; they come after those of the API, which
 * win.
 */
@Module({ imports: [RatesModule], providers: [PageAnswers, PaintedPages] })
export class DashboardModule implements OnModuleInit {
  constructor(
    private readonly adapters: HttpAdapterHost,
    private readonly limiter: RateLimiter,
    private readonly settings: Settings,
    private readonly pages: PaintedPages,
    private readonly conditional: ConditionalGet,
  ) {}

  async onModuleInit(): Promise<void> {
    const { files, press } = await readPage();
    const { httpAdapter } = this.adapters;
    for (const file of files) {
      httpAdapter.get(file.path, answerPageFile(file));
      this.limiter.exempt(file.path);
    }
    // Nest's adapter takes no patterns.
    const express = httpAdapter.getInstance<Application>();
    const { pages, settings, conditional } = this;
    express.get('/page/preview.png', answerPreview({ pages, press, settings, conditional }));
    for (const [address, name] of PAGE_ADDRESSES) {
      express.get(address, answerPage(name, { pages, press, settings, conditional }));
    }
  }
}

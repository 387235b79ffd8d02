import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { KursError } from '../../common/kurs.error.js';
import { Settings } from '../../config/settings.js';
import { Cacheable, ShortAnswer } from '../../http/answers/index.js';
import { AnyQuery, queryOf } from '../../http/requests/index.js';
import { type RateRecord, RatesOnDay } from '../../rates/reading/index.js';
import { closedHtml, frameHtml } from './frame-html.js';
import { framePolicy } from './frame-policy.js';
import { readFrameRequest } from './frame-request.js';

const HTML = 'text/html; charset=utf-8';
const TODAY = { date: undefined, codes: undefined, named: 'codes', quote: 'RUB' } as const;

/** Frames with rates, for pages of other sites (EMBED_ORIGINS). */
@ApiExcludeController()
@AnyQuery()
@Controller('embed')
export class EmbedController {
  private readonly policy: string | undefined;
  private readonly isDemo: boolean;

  constructor(
    private readonly rates: RatesOnDay,
    { EMBED_ORIGINS, DEMO }: Settings,
  ) {
    this.policy = framePolicy(EMBED_ORIGINS);
    this.isDemo = DEMO === 1;
  }

  @Get(':codes')
  @Cacheable()
  frame(
    @Param('codes') codes: string,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): ShortAnswer {
    const wanted = readFrameRequest(codes, new URLSearchParams(queryOf(request)));
    if (this.policy === undefined) {
      response.status(403).setHeader('Cache-Control', 'no-store');
      return new ShortAnswer(Buffer.from(closedHtml(wanted)), HTML);
    }
    if (request.path.endsWith('/')) {
      // The addresses in the document are relative to the one without it.
      const [search = ''] = /\?.*/.exec(request.originalUrl) ?? [];
      response.status(308).setHeader('Location', `../${encodeURIComponent(codes)}${search}`);
      return new ShortAnswer(Buffer.alloc(0), HTML);
    }
    response.setHeader('Content-Security-Policy', this.policy);
    response.removeHeader('X-Frame-Options');
    const html = frameHtml({ ...wanted, rates: this.read(response), isDemo: this.isDemo });
    return new ShortAnswer(Buffer.from(html), HTML);
  }

  /** Undefined while there are none: the frame's script asks again. */
  private read(response: Response): readonly RateRecord[] | undefined {
    try {
      const request = { ...TODAY, source: 'cbr', restate: false, asOf: undefined } as const;
      return this.rates.ratesOn(request).records;
    } catch (thrown) {
      if (!(thrown instanceof KursError)) throw thrown;
      response.status(503).setHeader('Cache-Control', 'no-store');
      return undefined;
    }
  }
}

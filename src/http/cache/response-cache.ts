import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { Injectable, Logger } from '@nestjs/common';
import { messageOf } from '../../common/message-of.js';
import { Settings } from '../../config/settings.js';
import { Freshness } from '../freshness.js';
import { CapturedResponse } from './captured-response.js';
import { takeHead, varyByEncoding } from './head.js';
import { KeptAnswers } from './kept-answers.js';
import { keyOf } from './kept-routes.js';
import { WholeAnswer } from './whole-answer.js';

/** Longer answers go out as they are written, and are not kept; in bytes. */
const LONGEST_BODY = 1024 * 1024;

/**
 * Stands between the server and Express: what was answered already, and is still true, is answered again
 * without Express. Nothing else knows of it: see docs/adr/0012-response-cache.md.
 */
@Injectable()
export class ResponseCache {
  private readonly logger = new Logger(ResponseCache.name);
  private readonly hasOrigins: boolean;

  constructor(
    { ALLOWED_ORIGINS }: Settings,
    private readonly answers: KeptAnswers,
    private readonly freshness: Freshness,
  ) {
    this.hasOrigins = ALLOWED_ORIGINS !== '';
  }

  /** What the server asks instead of `express`. */
  inFrontOf(express: RequestListener): RequestListener {
    return (request, response) => {
      const key = keyOf(request, this.hasOrigins);
      const kept = key === undefined ? undefined : this.answers.get(key);
      if (kept !== undefined) {
        this.send(kept, request, response);
        return;
      }
      if (key !== undefined) this.capture(key, request, response);
      express(request, response);
    };
  }

  private capture(key: string, request: IncomingMessage, response: ServerResponse): void {
    const keep = this.answers.keeper(key);
    new CapturedResponse(response, LONGEST_BODY, (body, end) => {
      if (response.statusCode === 200) {
        const head = takeHead(response);
        const answer = new WholeAnswer(head, body, () => this.freshness.cacheControl());
        // Nest makes no body for HEAD.
        if (request.method === 'GET') keep(answer);
        this.send(answer, request, response);
        return;
      }
      if (response.statusCode === 304) {
        const vary = response.getHeader('Vary');
        response.setHeader('Vary', varyByEncoding(vary === undefined ? vary : String(vary)));
      }
      end();
    });
  }

  private send(answer: WholeAnswer, request: IncomingMessage, response: ServerResponse): void {
    if (answer.isReadyFor(request)) {
      answer.send(request, response);
      return;
    }
    const sent = answer.compress().then(() => answer.send(request, response));
    sent.catch((thrown: unknown) => {
      this.logger.error(`An answer could not be compressed: ${messageOf(thrown)}`);
      response.destroy();
    });
  }
}

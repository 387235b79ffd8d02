import type { IncomingMessage, ServerResponse } from 'node:http';
import { Injectable, Logger } from '@nestjs/common';
import { messageOf } from '../../common/message-of.js';
import { Settings } from '../../config/settings.js';
import { Freshness } from '../freshness.js';
import { routeOf } from '../request-route.js';
import { pathOf, RequestWatch } from '../request-watch.js';
import type { ServerAdapter } from '../server-adapter.js';
import { CapturedResponse } from './captured-response.js';
import { giveHead, headOf, varyByEncoding } from './head.js';
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
  private isClosed = false;

  constructor(
    { ALLOWED_ORIGINS }: Settings,
    private readonly answers: KeptAnswers,
    private readonly freshness: Freshness,
    private readonly requests: RequestWatch,
  ) {
    this.hasOrigins = ALLOWED_ORIGINS !== '';
  }

  /** Is asked before everybody else, and holds back what Express answers. */
  standBefore(adapter: ServerAdapter): void {
    adapter.askFirst((request, response) => this.answer(request, response));
    adapter.onRequest((request, response) => this.watch(request, response));
  }

  /** From now on everything is left to Express, and to those who wait for its answers. */
  close(): void {
    this.isClosed = true;
  }

  private answer(request: IncomingMessage, response: ServerResponse): boolean {
    const key = this.isClosed ? undefined : keyOf(request, this.hasOrigins);
    const kept = key === undefined ? undefined : this.answers.get(key);
    if (kept?.isReadyFor(request) !== true) return false;
    const began = performance.now();
    const { status, head, body } = kept.answerTo(request);
    response.writeHead(status, head as string[]).end(body);
    this.requests.answered(request, { status, began, route: kept.route });
    return true;
  }

  /** Keeps the answer of Express, or compresses what is kept for the first who wants it so. */
  private watch(request: IncomingMessage, response: ServerResponse): void {
    const key = keyOf(request, this.hasOrigins);
    if (key === undefined) return;
    const keep = this.answers.keeper(key);
    new CapturedResponse(response, LONGEST_BODY, (body, end) => {
      // What is made of memory alone may be old the next moment.
      if (response.statusCode === 200 && !response.hasHeader('Kurs-Data-As-Of')) {
        const answer = this.answerOf(request, response, body);
        // Nest makes no body for HEAD.
        if (request.method === 'GET') keep(answer);
        this.send(answer, request, response, end);
        return;
      }
      if (response.statusCode === 304) {
        const vary = response.getHeader('Vary');
        response.setHeader('Vary', varyByEncoding(vary === undefined ? vary : String(vary)));
      }
      end(body);
    });
  }

  private answerOf(request: IncomingMessage, response: ServerResponse, body: Buffer): WholeAnswer {
    const route = routeOf(request, pathOf(request));
    const cacheControl = () => this.freshness.cacheControl();
    return new WholeAnswer({ head: headOf(response), body, route }, cacheControl);
  }

  private send(
    answer: WholeAnswer,
    request: IncomingMessage,
    response: ServerResponse,
    end: (body?: Buffer) => void,
  ): void {
    const send = () => {
      const { status, head, body } = answer.answerTo(request);
      response.statusCode = status;
      giveHead(response, head);
      end(body);
    };
    if (answer.isReadyFor(request)) {
      send();
      return;
    }
    answer
      .compress()
      .then(send)
      .catch((thrown: unknown) => {
        this.logger.error(`An answer could not be compressed or sent: ${messageOf(thrown)}`);
        response.destroy();
      });
  }
}

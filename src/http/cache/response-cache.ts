import type { IncomingMessage, ServerResponse } from 'node:http';
import { Injectable, Logger } from '@nestjs/common';
import { messageOf } from '../../common/message-of.js';
import { Settings } from '../../config/settings.js';
import { Freshness } from '../answers/index.js';
import { pathOf, RequestWatch, routeOf } from '../telemetry/index.js';
import type { ServerAdapter } from '../server/index.js';
import { CapturedResponse } from './captured-response.js';
import { headOf, varyByEncoding } from './head.js';
import { KeptAnswers } from './kept-answers.js';
import { keyOf } from './kept-routes.js';
import { compressed, wantsGzip, WholeAnswer } from './whole-answer.js';

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
    if (this.isClosed || !this.answers.isOn) return false;
    const key = keyOf(request, this.hasOrigins);
    const kept = key === undefined ? undefined : this.answers.get(key);
    if (kept?.isReadyFor(request) !== true) return false;
    const began = performance.now();
    const { status, head, body } = kept.answerTo(request);
    response.writeHead(status, head as string[]).end(body);
    this.requests.answered(request, { status, began, route: kept.route });
    return true;
  }

  /** Keeps what Express answers, and compresses it for a client that wants it so. */
  private watch(request: IncomingMessage, response: ServerResponse): void {
    const key = keyOf(request, this.hasOrigins);
    if (key === undefined) return;
    const keep = this.answers.keeper(key);
    new CapturedResponse(response, LONGEST_BODY, (body, end) => {
      // What is made of memory alone may be old the next moment.
      if (response.statusCode === 200 && !response.hasHeader('Kurs-Data-As-Of')) {
        varyByEncoding(response);
        if (request.method === 'HEAD') {
          // Nest makes no body for it: its length would be another one.
          response.removeHeader('Content-Length');
          end();
          return;
        }
        const answer = keep && this.answerOf(request, response, body);
        if (answer) keep(answer);
        this.send(request, response, body, answer, end);
        return;
      }
      if (response.statusCode === 304) varyByEncoding(response);
      end(body);
    });
  }

  private answerOf(request: IncomingMessage, response: ServerResponse, body: Buffer): WholeAnswer {
    const route = routeOf(request, pathOf(request));
    const cacheControl = () => this.freshness.cacheControl();
    return new WholeAnswer({ head: headOf(response), body, route }, cacheControl);
  }

  /** Sends the body in the encoding that the client prefers. @param answer the same, where it is kept */
  private send(
    request: IncomingMessage,
    response: ServerResponse,
    body: Buffer,
    answer: WholeAnswer | undefined,
    end: (body: Buffer) => void,
  ): void {
    const sendAs = (encoded: Buffer) => {
      response.setHeader('Content-Length', encoded.length);
      end(encoded);
    };
    if (!wantsGzip(request, body)) {
      sendAs(body);
      return;
    }
    (answer?.compress() ?? compressed(body))
      .then((gzipped) => {
        response.setHeader('Content-Encoding', 'gzip');
        sendAs(gzipped);
      })
      .catch((thrown: unknown) => {
        this.logger.error(`An answer could not be compressed or sent: ${messageOf(thrown)}`);
        response.destroy();
      });
  }
}

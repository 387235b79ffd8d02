import type { IncomingMessage, ServerResponse } from 'node:http';
import { Injectable, Logger } from '@nestjs/common';
import { messageOf } from '../../common/message-of.js';
import { Settings } from '../../config/settings.js';
import { type AnswerSender, Freshness, varyByEncoding } from '../answers/index.js';
import { pathOf, RequestWatch, routeOf } from '../telemetry/index.js';
import type { ServerAdapter } from '../server/index.js';
import { CapturedResponse } from './captured-response.js';
import { headOf } from './head.js';
import { CachedAnswers } from './cached-answers.js';
import { keyOf } from './answer-key.js';
import { compressed, wantsGzip, WholeAnswer } from './whole-answer.js';

/** Longer answers are streamed, and not cached; in bytes. */
const LONGEST_BODY = 1024 * 1024;

type End = (body?: Buffer) => void;

/**
 * Cache between the server and Express: responds from memory while an answer is valid. No other code knows of it: see
 * docs/adr/0012-response-cache.md.
 */
@Injectable()
export class ResponseCache {
  private readonly logger = new Logger(ResponseCache.name);
  private readonly hasOrigins: boolean;
  private isClosed = false;

  constructor(
    { ALLOWED_ORIGINS }: Settings,
    private readonly answers: CachedAnswers,
    private readonly freshness: Freshness,
    private readonly requests: RequestWatch,
  ) {
    this.hasOrigins = ALLOWED_ORIGINS !== '';
  }

  /** Installs the cache in front of Express, and captures what Express answers. */
  install(adapter: ServerAdapter): void {
    adapter.tryFirst((request, response) => this.answer(request, response));
    adapter.onCachedRoute((request, response) => this.senderFor(request, response));
  }

  /** Turns the cache off: every request goes to Express, and a shutdown waits for its answers. */
  close(): void {
    this.isClosed = true;
  }

  private answer(request: IncomingMessage, response: ServerResponse): boolean {
    if (this.isClosed || !this.answers.isOn) return false;
    const key = keyOf(request, this.hasOrigins);
    const cached = key === undefined ? undefined : this.answers.get(key);
    if (cached?.isReadyFor(request) !== true) return false;
    const began = performance.now();
    const { status, head, body } = cached.answerTo(request);
    response.writeHead(status, head as string[]).end(body);
    this.requests.answered(request, { status, began, route: cached.route });
    return true;
  }

  /** Called before the handler of a cached route: stores its answer, and compresses it for clients that accept gzip. */
  private senderFor(request: IncomingMessage, response: ServerResponse): AnswerSender | undefined {
    const key = keyOf(request, this.hasOrigins);
    if (key === undefined) return undefined;
    const store = this.answers.storer(key);
    const finish = (body: Buffer, end: End) => {
      // An answer from memory alone may be stale a moment later.
      if (response.statusCode === 200 && !response.hasHeader('Kurs-Data-As-Of')) {
        varyByEncoding(response);
        if (request.method === 'HEAD') {
          // Nest builds no body for HEAD, so the length would be wrong.
          response.removeHeader('Content-Length');
          end();
          return;
        }
        const isCurrentOnly = response.getHeader('Cache-Control') === 'no-cache';
        const answer = store && !isCurrentOnly ? this.answerOf(request, response, body) : undefined;
        if (answer) store?.(answer);
        this.send(request, response, body, answer, end);
        return;
      }
      if (response.statusCode === 304) varyByEncoding(response);
      end(body);
    };
    return {
      send: (body) => finish(body, (encoded) => response.end(encoded)),
      collect: () => {
        new CapturedResponse(response, LONGEST_BODY, finish);
      },
    };
  }

  private answerOf(request: IncomingMessage, response: ServerResponse, body: Buffer): WholeAnswer {
    const route = routeOf(request, pathOf(request));
    const cacheControl = () => this.freshness.cacheControl();
    return new WholeAnswer({ head: headOf(response), body, route }, cacheControl);
  }

  /** Sends the body in the client's preferred encoding. @param answer its cache entry, if any */
  private send(
    request: IncomingMessage,
    response: ServerResponse,
    body: Buffer,
    answer: WholeAnswer | undefined,
    end: End,
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
        this.logger.error(`Failed to compress or send an answer: ${messageOf(thrown)}`);
        response.destroy();
      });
  }
}

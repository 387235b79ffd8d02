import type { Request, Response } from 'express';
import { isNamed } from '../http/answers/index.js';
import type { PageFile } from './page-file.js';

/**
 * Responds with a file. Browsers cache it and revalidate it every time, so that modules of two versions are never
 * mixed.
 */
export function answerPageFile(file: PageFile) {
  return (request: Request, response: Response): void => {
    const isGzipped = request.acceptsEncodings('gzip', 'identity') === 'gzip';
    const tag = file.tag(isGzipped);
    const keeping = response.hasHeader('Kurs-Data-As-Of') ? 'no-store' : 'public, no-cache';
    response.vary('Accept-Encoding').set({ ETag: tag, 'Cache-Control': keeping });
    // Only a success may be 304 (RFC 9110, 13.2.1).
    if (response.statusCode === 200 && isNamed(tag, request.headers['if-none-match'])) {
      response.status(304).end();
      return;
    }
    if (isGzipped) response.set('Content-Encoding', 'gzip');
    response.set('Content-Type', file.type).send(isGzipped ? file.gzipped : file.bytes);
  };
}

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
    response.vary('Accept-Encoding').set({ ETag: tag, 'Cache-Control': 'public, no-cache' });
    if (isNamed(tag, request.headers['if-none-match'])) {
      response.status(304).end();
      return;
    }
    if (isGzipped) response.set('Content-Encoding', 'gzip');
    response.set('Content-Type', file.type).send(isGzipped ? file.gzipped : file.bytes);
  };
}

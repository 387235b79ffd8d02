import type { Request, Response } from 'express';
import Negotiator from 'negotiator';
import { isNamed } from '../http/answers/index.js';
import type { PageEncoding, PageFile } from './page-file.js';

/**
 * Responds with a file. Those of one build have its name in their addresses, and browsers keep them; others are
 * revalidated every time.
 */
export function answerPageFile(file: PageFile) {
  return (request: Request, response: Response): void => {
    const encoding = encodingFor(request, file);
    const tag = file.tag(encoding);
    response.vary('Accept-Encoding').set({ ETag: tag, 'Cache-Control': keepingOf(file, response) });
    if (file.policy !== undefined) response.set('Content-Security-Policy', file.policy);
    // Only a success may be 304 (RFC 9110, 13.2.1).
    if (response.statusCode === 200 && isNamed(tag, request.headers['if-none-match'])) {
      response.status(304).end();
      return;
    }
    if (encoding !== 'identity') response.set('Content-Encoding', encoding);
    response.set('Content-Type', file.type).send(file.bytesIn(encoding));
  };
}

/** Negotiator 1; its types are those of version 0. */
interface Encodings {
  encodings(known: string[], options: { preferred: string[] }): string[];
}

/** Browsers accept all of ours alike: the smallest is sent. */
function encodingFor(request: Request, { encodings }: PageFile): PageEncoding {
  const negotiator: Encodings = new Negotiator(request);
  const [chosen] = negotiator.encodings(encodings, { preferred: encodings });
  return encodings.find((encoding) => encoding === chosen) ?? 'identity';
}

function keepingOf({ isImmutable }: PageFile, response: Response): string {
  if (response.hasHeader('Kurs-Data-As-Of')) return 'no-store';
  return isImmutable ? 'public, max-age=31536000, immutable' : 'public, no-cache';
}

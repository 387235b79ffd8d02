import type { NextFunction, Request, Response } from 'express';
import { Settings } from '../config/settings.js';
import type { ConditionalGet } from '../http/answers/index.js';
import { addressAsked } from '../http/documents/index.js';
import { noteRoute } from '../http/telemetry/index.js';
import { answerPageFile } from './answer-page-file.js';
import { PAGE_POLICY } from './page-policy.js';
import type { PaintedPages, Press } from './painted-pages.js';

/**
 * Addresses of the page with their names in metrics. Codes are in upper case: paths of the API are not. `//` is none:
 * the page's relative links would lead to `//page/…`, so it would arrive without its style and script.
 */
export const PAGE_ADDRESSES: readonly (readonly [RegExp, string])[] = [
  [/^\/$/, '/'],
  [/^\/[A-Z0-9]{2,12}$/, '/{currency}'],
  [/^\/[A-Z0-9]{2,12}\/[A-Z0-9]{2,12}$/, '/{currency}/{quote}'],
  [/^\/on\/[^/]*$/, '/on/{date}'],
  [/^\/convert\/[^/]*(?:\/[^/]*){0,2}$/, '/convert/{amount}/{from}/{to}'],
];

/** First parts of the service's own paths: in capitals they are no currencies either. */
const RESERVED =
  /^\/(?:v\d+|docs|rates|tasks|health|metrics|page|scripts|tsv|ws|frankfurter|embed|mcp|rpc|latest|archive)(?:\/|$)/i;

interface Parts {
  pages: PaintedPages;
  press: Press;
  settings: Settings;
  conditional: ConditionalGet;
}

/** Responds with the picture of a page, whose address is the parameter `of`. */
export function answerPreview({ pages, press, settings, conditional }: Parts) {
  return async (request: Request, response: Response, next: NextFunction): Promise<void> => {
    const { searchParams } = new URL(request.originalUrl, 'http://localhost');
    const [path = '', query = ''] = (searchParams.get('of') ?? '').split('?');
    const isOurs = PAGE_ADDRESSES.some(([address]) => address.test(`/${path}`));
    const base = baseOf(settings, request);
    const page = isOurs && (await pages.page({ path, query, language: 'en', base }, press));
    if (!page || page.status !== 200) {
      next();
      return;
    }
    conditional.setAge(response);
    answerPageFile(pages.picture(page.preview))(request, response);
  };
}

/** Responds to an address of the page with its painted document. */
export function answerPage(name: string, { pages, press, settings, conditional }: Parts) {
  return async (request: Request, response: Response, next: NextFunction): Promise<void> => {
    if (RESERVED.test(request.path)) {
      next();
      return;
    }
    noteRoute(request, name);
    const at = request.originalUrl.indexOf('?');
    const query = at < 0 ? '' : request.originalUrl.slice(at + 1);
    const asked = new URLSearchParams(query).get('lang');
    const language =
      asked === 'ru' || asked === 'en'
        ? asked
        : request.acceptsLanguages('ru', 'en') === 'ru'
          ? 'ru'
          : 'en';
    const base = baseOf(settings, request);
    const path = request.path.slice(1);
    const { status, file } = await pages.page({ path, query, language, base }, press);
    response.vary('Accept-Language').set('Content-Security-Policy', PAGE_POLICY);
    response.status(status);
    conditional.setAge(response);
    answerPageFile(file)(request, response);
  };
}

function baseOf({ PUBLIC_URL }: Settings, request: Request): string {
  return `${PUBLIC_URL || addressAsked(request)}/`;
}

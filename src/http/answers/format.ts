import type { IncomingMessage } from 'node:http';
import {
  applyDecorators,
  createParamDecorator,
  type ExecutionContext,
  SetMetadata,
} from '@nestjs/common';
import type { Request } from 'express';
import Negotiator from 'negotiator';
import type { Format } from '../../common/row-writer.js';
import { NotAcceptableError, UnknownAddressError } from '../problems/index.js';

export const MEDIA_TYPES: Readonly<Record<Format, string>> = {
  json: 'application/json',
  ndjson: 'application/x-ndjson',
  csv: 'text/csv',
};
const FORMATS = Object.keys(MEDIA_TYPES) as Format[];
const TYPES = FORMATS.map((format) => MEDIA_TYPES[format]);
const HAS_FORMATS = Symbol('has formats');
/** Like Express's matching: case-insensitive, with or without a trailing slash. */
const SUFFIX = /^(\/v1\/[^?]*[^/?])\.(json|ndjson|csv)\/?(?=\?|$)/i;
/** Every parameter of a media type except its weight. */
const MEDIA_TYPE_PARAMETER =
  /;[ \t]*(?!q[ \t]*=)[\w!#$%&'*+.^`|~-]+[ \t]*=[ \t]*(?:"(?:[^"\\]|\\.)*"|[^;,"]*)/gi;

interface WithSuffix {
  formatOfSuffix?: Format;
}

/** Makes `/v1/rates.csv` equivalent to `/v1/rates` in that format, for clients that cannot set a header. */
export function readFormatSuffix(request: Request): void {
  if (request.method !== 'GET' && request.method !== 'HEAD') return;
  const [whole, path, format] = SUFFIX.exec(request.url) ?? [];
  if (whole === undefined || path === undefined) return;
  request.url = path + request.url.slice(whole.length);
  (request as WithSuffix).formatOfSuffix = format?.toLowerCase() as Format;
}

/** Rejects a suffix on a route with a single format. @throws UnknownAddressError */
export function checkFormatSuffix(request: Request & WithSuffix, handler: object): void {
  if (request.formatOfSuffix === undefined) return;
  if (Reflect.getMetadata(HAS_FORMATS, handler) === true) return;
  throw new UnknownAddressError(request.originalUrl);
}

/** Marks a route that supports every Format. */
export const Formats = (): MethodDecorator => applyDecorators(SetMetadata(HAS_FORMATS, true));

/** Format requested by suffix or `Accept`; JSON if the client accepts anything. */
export const WantedFormat = createParamDecorator((_: unknown, context: ExecutionContext) =>
  wantedFormat(context.switchToHttp().getRequest<Request>()),
);

/**
 * Clients send a charset, a profile or a version, but also accept the type without it. Negotiator would only match a
 * type with the same parameters, and ours have none.
 */
function acceptWithoutParameters(accept: string): string {
  const bare = accept.replace(MEDIA_TYPE_PARAMETER, '').trim();
  return bare === '' ? '*/*' : bare;
}

/** @throws NotAcceptableError */
function wantedFormat(request: Request): Format {
  const { formatOfSuffix } = request as WithSuffix;
  const format = formatOfSuffix ?? acceptedFormat(request);
  if (!format) throw new NotAcceptableError(TYPES);
  return format;
}

/** Format requested by `Accept`; JSON if the client accepts anything, undefined if it accepts none. */
export function acceptedFormat({ headers: { accept } }: IncomingMessage): Format | undefined {
  // Fast path for most clients.
  if (accept === undefined || accept === '*/*' || accept === MEDIA_TYPES.json) return 'json';
  const [accepted] = new Negotiator({
    headers: { accept: acceptWithoutParameters(accept) },
  }).mediaTypes(TYPES);
  return FORMATS.find((format) => MEDIA_TYPES[format] === accepted);
}

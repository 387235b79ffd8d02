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
const HAS_FORMATS = Symbol('has formats');
/** As Express matches its routes: in either case, with or without a slash at the end. */
const SUFFIX = /^(\/v1\/[^?]*[^/?])\.(json|ndjson|csv)\/?(?=\?|$)/i;
/** Every parameter of a media type but its weight. */
const MEDIA_TYPE_PARAMETER =
  /;[ \t]*(?!q[ \t]*=)[\w!#$%&'*+.^`|~-]+[ \t]*=[ \t]*(?:"(?:[^"\\]|\\.)*"|[^;,"]*)/gi;

interface WithSuffix {
  formatOfSuffix?: Format;
}

/** Lets `/v1/rates.csv` be `/v1/rates` in that format, for those who cannot set a header. */
export function readFormatSuffix(request: Request): void {
  if (request.method !== 'GET' && request.method !== 'HEAD') return;
  const [whole, path, format] = SUFFIX.exec(request.url) ?? [];
  if (whole === undefined || path === undefined) return;
  request.url = path + request.url.slice(whole.length);
  (request as WithSuffix).formatOfSuffix = format?.toLowerCase() as Format;
}

/** An address that has one format has no suffixes. @throws UnknownAddressError */
export function checkFormatSuffix(request: Request & WithSuffix, handler: object): void {
  if (request.formatOfSuffix === undefined) return;
  if (Reflect.getMetadata(HAS_FORMATS, handler) === true) return;
  throw new UnknownAddressError(request.originalUrl);
}

/** Marks a route that answers in every Format. */
export const Formats = (): MethodDecorator => applyDecorators(SetMetadata(HAS_FORMATS, true));

/** The Format that the client asked for, by suffix or `Accept`; JSON for those who take anything. */
export const WantedFormat = createParamDecorator((_: unknown, context: ExecutionContext) =>
  wantedFormat(context.switchToHttp().getRequest<Request>()),
);

/**
 * Clients name a charset, a profile or a version, and take the type without it. Negotiator would look for
 * a type that has the same parameters; all of ours have none.
 */
function acceptWithoutParameters(accept: string): string {
  const bare = accept.replace(MEDIA_TYPE_PARAMETER, '').trim();
  return bare === '' ? '*/*' : bare;
}

/** @throws NotAcceptableError */
function wantedFormat(request: Request): Format {
  const { formatOfSuffix } = request as WithSuffix;
  if (formatOfSuffix) return formatOfSuffix;
  const { accept } = request.headers;
  // Most clients.
  if (accept === undefined || accept === '*/*' || accept === MEDIA_TYPES.json) return 'json';
  const types = FORMATS.map((format) => MEDIA_TYPES[format]);
  const [accepted] = new Negotiator({
    headers: { accept: acceptWithoutParameters(accept) },
  }).mediaTypes(types);
  const format = FORMATS.find((each) => MEDIA_TYPES[each] === accepted);
  if (!format) throw new NotAcceptableError(types);
  return format;
}

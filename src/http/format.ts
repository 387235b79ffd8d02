import {
  applyDecorators,
  type CanActivate,
  createParamDecorator,
  type ExecutionContext,
  Injectable,
  SetMetadata,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { NextFunction, Request, Response } from 'express';
import { NotAcceptableError, UnknownAddressError } from './http.errors.js';

/** How rows are written: one JSON array, one JSON text per line, or comma-separated values (RFC 4180). */
export type Format = 'json' | 'ndjson' | 'csv';

export const MEDIA_TYPES: Readonly<Record<Format, string>> = {
  json: 'application/json',
  ndjson: 'application/x-ndjson',
  csv: 'text/csv',
};
const FORMATS = Object.keys(MEDIA_TYPES) as Format[];
const HAS_FORMATS = Symbol('has formats');
const SUFFIX = /^(\/v1\/[^?]*[^/?])\.(json|ndjson|csv)(?=\?|$)/;

interface WithSuffix {
  formatOfSuffix?: Format;
}

/** Lets `/v1/rates.csv` be `/v1/rates` in that format, for those who cannot set a header. */
export function readFormatSuffix(request: Request, _: Response, next: NextFunction): void {
  const [whole, path, format] = SUFFIX.exec(request.url) ?? [];
  if (whole !== undefined && path !== undefined && /^(?:GET|HEAD)$/.test(request.method)) {
    request.url = path + request.url.slice(whole.length);
    (request as WithSuffix).formatOfSuffix = format as Format;
  }
  next();
}

/** An address that has one format has no suffixes. */
@Injectable()
export class FormatSuffixGuard implements CanActivate {
  private readonly reflector = new Reflector();

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<Request & WithSuffix>();
    if (request.formatOfSuffix === undefined) return true;
    if (this.reflector.get<boolean>(HAS_FORMATS, context.getHandler())) return true;
    throw new UnknownAddressError(request.originalUrl);
  }
}

/** Marks a route that answers in every Format. */
export const Formats = (): MethodDecorator => applyDecorators(SetMetadata(HAS_FORMATS, true));

/** The Format that the client asked for, by suffix or `Accept`; JSON for those who take anything. */
export const WantedFormat = createParamDecorator((_: unknown, context: ExecutionContext) =>
  wantedFormat(context.switchToHttp().getRequest<Request>()),
);

/** @throws NotAcceptableError */
function wantedFormat(request: Request): Format {
  const { formatOfSuffix } = request as WithSuffix;
  if (formatOfSuffix) return formatOfSuffix;
  const types = FORMATS.map((format) => MEDIA_TYPES[format]);
  const accepted = request.accepts(types);
  const format = FORMATS.find((each) => MEDIA_TYPES[each] === accepted);
  if (!format) throw new NotAcceptableError(types);
  return format;
}

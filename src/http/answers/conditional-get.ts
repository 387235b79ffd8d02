import { hash as digest } from 'node:crypto';
import { applyDecorators, Injectable, SetMetadata, StreamableFile } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { moscowDate } from '../../common/calendar-date.js';
import { Clock } from '../../common/clock.js';
import { DatabaseReachability } from '../../database/database-reachability.js';
import { DataVersion } from './data-version.js';
import { Freshness } from './freshness.js';
import { varyByEncoding } from './vary.js';

const DAY_SECONDS = 86_400;
/** Headers that describe a body or were computed with it: a 304 omits them (RFC 9110, 15.4.5). */
export const OF_THE_BODY = /^(?:content-(?:type|length|encoding)|link|kurs-(?!data-as-of).*)$/i;

const IS_CACHEABLE = Symbol('is cacheable');
const IS_CACHED = Symbol('is cached');
const IS_READ = Symbol('is read');
const TAGS = Symbol('tags');

/** ETags of an answer; `long` is that of an answer that may be cached for a day. */
interface Tags {
  short: string;
  long: string;
}
type Tagged = Response & { [TAGS]?: Tags };

/** The client has the current version: responds with 304 without running the handler. */
export class NotModified extends Error {}

/**
 * Sets an ETag made of `data_version`, and responds with 304 without reading anything if the client has that version:
 * only successful answers had its tag. `*` matches no version, and results in 304 only if the answer succeeds. The
 * version is read first: an answer may be newer than its tag, never older. An answer with its own tag keeps it, and
 * its Cache-Control.
 */
@Injectable()
export class ConditionalGet {
  constructor(
    private readonly version: DataVersion,
    private readonly reachability: DatabaseReachability,
    private readonly freshness: Freshness,
    private readonly clock: Clock,
  ) {}

  /** Runs before the handler of a route. @throws NotModified */
  begin(request: Request, response: Tagged, handler: object): void {
    if (Reflect.getMetadata(IS_READ, handler) === true) this.setAge(response);
    if (Reflect.getMetadata(IS_CACHEABLE, handler) !== true) return;
    const { logId, dataVersion } = this.version.current;
    const { originalUrl, headers } = request;
    // The same address means another day after midnight in Moscow.
    const meaning = [logId, originalUrl, headers.accept ?? '', moscowDate(this.clock.now())];
    const hash = digest('sha256', meaning.join('\n')).slice(0, 16);
    const tags = { short: `W/"${dataVersion}-${hash}"`, long: `W/"${dataVersion}-${hash}-d"` };
    response[TAGS] = tags;
    if (response.hasHeader('Vary')) response.vary('Accept');
    else response.setHeader('Vary', 'Accept');
    this.setAge(response);
    const had = headers['if-none-match'];
    if (had === undefined) return;
    const known = [tags.short, tags.long].find((tag) => isListed(tag, had));
    if (known === undefined) return;
    if (known === tags.long) cacheForADay(response);
    this.label(response, tags);
    varyByEncoding(response);
    throw new NotModified();
  }

  /** The body to send; undefined if the client has it. */
  finish(answer: unknown, response: Tagged): unknown {
    const tags = response[TAGS];
    if (tags === undefined) return answer;
    const own = response.getHeader('ETag');
    if (own === undefined) this.label(response, tags);
    const { headers } = response.req;
    const had = headers['if-none-match'];
    const isKnown =
      had === undefined
        ? isUnchangedSince(response.getHeader('Last-Modified'), headers['if-modified-since'])
        : isListed(ANY, had) || (own !== undefined && isListed(String(own), had));
    if (!isKnown) return answer;
    withhold(answer, response);
    return undefined;
  }

  /**
   * The tag encodes how long the answer may be cached, so that a 304 repeats it. While the database is unreachable
   * the answer may be stale: it says so, and must not be cached.
   */
  private label(response: Response, { short, long }: Tags): void {
    const isLong = response.hasHeader('Cache-Control');
    response.setHeader('ETag', isLong ? long : short);
    if (response.hasHeader('Kurs-Data-As-Of')) response.setHeader('Cache-Control', 'no-store');
    else if (!isLong) response.setHeader('Cache-Control', this.freshness.cacheControl());
  }

  /** Says how old the data may be while the database is unreachable; set on answers and problems. */
  setAge(response: Response): void {
    const { lastSeenAt } = this.reachability;
    if (lastSeenAt !== undefined) response.set('Kurs-Data-As-Of', lastSeenAt.toISOString());
  }
}

/**
 * Marks a read route whose answers the response cache may store: they depend on `data_version`, the day in Moscow,
 * the target, `Host`, `Accept` and `Origin` only.
 */
export const Cached = (): MethodDecorator => SetMetadata(IS_CACHED, true);

export function isCached(handler: object): boolean {
  return Reflect.getMetadata(IS_CACHED, handler) === true;
}

/** Marks a route that reads by POST: it has no ETag, and says if its answers come from memory alone. */
export const ReadByPost = (): MethodDecorator => SetMetadata(IS_READ, true);

/** Marks a cached route whose answers get an ETag. */
export const Cacheable = (): MethodDecorator =>
  applyDecorators(
    Cached(),
    SetMetadata(IS_CACHEABLE, true),
    ApiResponse({
      status: 304,
      description: 'Nothing has changed since the version of `If-None-Match`',
    }),
  );

/** Allows caching for a day: for answers about covered past days. */
export function cacheForADay(response: Response): void {
  response.setHeader('Cache-Control', `public, max-age=${DAY_SECONDS}`);
}

/** Whether the answer with this tag may be cached for a day. */
export function isCacheableForADay(tag: string): boolean {
  return tag.endsWith('-d"');
}

/** Whether an `If-None-Match` or `If-Match` header lists the tag, by weak comparison. */
export function isNamed(tag: string, header: string | undefined): boolean {
  return isListed(tag, header) || isListed(ANY, header);
}

/** Whether an answer with this `Last-Modified` is what a client has that sent `If-Modified-Since`. */
export function isUnchangedSince(lastModified: unknown, header: string | undefined): boolean {
  if (typeof lastModified !== 'string' || header === undefined) return false;
  // Not a date: NaN, which nothing is up to (RFC 9110, 13.1.3).
  return Date.parse(lastModified) <= Date.parse(header);
}

/** Matches any version. */
const ANY = '*';

function isListed(tag: string, header: string | undefined): boolean {
  if (header === undefined) return false;
  if (header === tag) return true;
  const listed = header.split(',').map((each) => each.trim().replace(/^W\//, ''));
  return listed.includes(tag.replace(/^W\//, ''));
}

/** Turns an answer into a 304. */
function withhold(answer: unknown, response: Response): void {
  if (answer instanceof StreamableFile) answer.getStream().destroy();
  const names = response.getHeaderNames().filter((name) => OF_THE_BODY.test(name));
  for (const name of names) response.removeHeader(name);
  response.status(304);
}

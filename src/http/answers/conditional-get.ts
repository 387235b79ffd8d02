import { hash as digest } from 'node:crypto';
import { applyDecorators, Injectable, SetMetadata, StreamableFile } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { moscowDate } from '../../common/calendar-date.js';
import { Clock } from '../../common/clock.js';
import { DatabaseSight } from '../../database/database-sight.js';
import { DataVersion } from './data-version.js';
import { Freshness } from './freshness.js';

const DAY_SECONDS = 86_400;
/** They describe a body, or were made together with it: a 304 does not say them (RFC 9110, 15.4.5). */
export const OF_THE_BODY = /^(?:content-(?:type|length|encoding)|link|kurs-(?!data-as-of).*)$/i;

const IS_CACHEABLE = Symbol('is cacheable');
const TAGS = Symbol('tags');

/** The tags of an answer: that of one that may be kept for a day is the longer one. */
interface Tags {
  short: string;
  long: string;
}
type Tagged = Response & { [TAGS]?: Tags };

/** The client has the present version: answered by 304, without the handler. */
export class NotModified extends Error {}

/**
 * Gives answers an ETag made of `data_version`, and answers 304 without reading anything when the
 * client has that version already: only good answers had its tag. `*` is no version, and a 304 where
 * the answer is good. The version is read first: an answer may be newer than its tag,
 * never older. An answer that brings a tag of its own keeps it, and its Cache-Control.
 */
@Injectable()
export class ConditionalGet {
  constructor(
    private readonly version: DataVersion,
    private readonly sight: DatabaseSight,
    private readonly freshness: Freshness,
    private readonly clock: Clock,
  ) {}

  /** Before the handler of a route. @throws NotModified */
  begin(request: Request, response: Tagged, handler: object): void {
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
    this.sayAge(response);
    const had = headers['if-none-match'];
    if (had === undefined) return;
    const known = [tags.short, tags.long].find((tag) => isListed(tag, had));
    if (known === undefined) return;
    if (known === tags.long) keepForADay(response);
    this.label(response, tags);
    throw new NotModified();
  }

  /** What is sent of the handler's answer: nothing where the client has it. */
  finish(answer: unknown, response: Tagged): unknown {
    const tags = response[TAGS];
    if (tags === undefined) return answer;
    const own = response.getHeader('ETag');
    if (own === undefined) this.label(response, tags);
    const had = response.req.headers['if-none-match'];
    if (had === undefined) return answer;
    const isKnown = isListed(ANY, had) || (own !== undefined && isListed(String(own), had));
    if (!isKnown) return answer;
    withhold(answer, response);
    return undefined;
  }

  /**
   * The tag remembers how long the answer may be kept, so that a 304 says the same. What is answered while the
   * database is out of sight may be old: it says so, and is not kept.
   */
  private label(response: Response, { short, long }: Tags): void {
    const isLong = response.hasHeader('Cache-Control');
    response.setHeader('ETag', isLong ? long : short);
    if (response.hasHeader('Kurs-Data-As-Of')) response.setHeader('Cache-Control', 'no-store');
    else if (!isLong) response.setHeader('Cache-Control', this.freshness.cacheControl());
  }

  /** Of answers and problems alike. */
  private sayAge(response: Response): void {
    const { lastSeenAt } = this.sight;
    if (lastSeenAt !== undefined) response.set('Kurs-Data-As-Of', lastSeenAt.toISOString());
  }
}

/** Marks a reading route whose answers change with `data_version` alone. */
export const Cacheable = (): MethodDecorator =>
  applyDecorators(
    SetMetadata(IS_CACHEABLE, true),
    ApiResponse({
      status: 304,
      description: 'Nothing has changed since the version of `If-None-Match`',
    }),
  );

/** Lets caches keep this answer for a day: it is about past days that are covered. */
export function keepForADay(response: Response): void {
  response.setHeader('Cache-Control', `public, max-age=${DAY_SECONDS}`);
}

/** Whether the answer that has this tag may be kept for a day. */
export function isKeptForADay(tag: string): boolean {
  return tag.endsWith('-d"');
}

/** Whether an `If-None-Match` or `If-Match` header names the tag; weak tags count as their strong ones. */
export function isNamed(tag: string, header: string | undefined): boolean {
  return isListed(tag, header) || isListed(ANY, header);
}

/** Names whatever there is. */
const ANY = '*';

function isListed(tag: string, header: string | undefined): boolean {
  if (header === undefined) return false;
  if (header === tag) return true;
  const listed = header.split(',').map((each) => each.trim().replace(/^W\//, ''));
  return listed.includes(tag.replace(/^W\//, ''));
}

/** Makes a 304 of an answer. */
function withhold(answer: unknown, response: Response): void {
  if (answer instanceof StreamableFile) answer.getStream().destroy();
  const names = response.getHeaderNames().filter((name) => OF_THE_BODY.test(name));
  for (const name of names) response.removeHeader(name);
  response.status(304);
}

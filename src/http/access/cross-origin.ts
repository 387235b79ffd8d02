import type { CorsOptions } from '@nestjs/common/interfaces/external/cors-options.interface.js';
import type { Settings } from '../../config/settings.js';

/** Headers of ours that pages may see; a day is the longest that browsers remember a preflight, in seconds. */
const EXPOSED = [
  'ETag',
  'Link',
  'Retry-After',
  'Kurs-Not-Loaded',
  'Kurs-Quarantined',
  'Kurs-Missing-Sheet',
  'Kurs-Data-As-Of',
  'X-Request-Id',
];
const DAY_SECONDS = 86_400;

/** Pages of ALLOWED_ORIGINS may read, undefined where it is empty; no page of another origin may write, by key or without (WriteGuard). */
export function readersOf({
  ALLOWED_ORIGINS,
}: Pick<Settings, 'ALLOWED_ORIGINS'>): CorsOptions | undefined {
  const listed = ALLOWED_ORIGINS.split(',').filter((origin) => origin !== '');
  if (listed.length === 0) return undefined;
  return {
    origin: ALLOWED_ORIGINS === '*' ? '*' : listed,
    methods: ['GET', 'HEAD'],
    // Without a list a preflight is answered with the headers that it asks for: none changes what a read does.
    exposedHeaders: EXPOSED,
    maxAge: DAY_SECONDS,
  };
}

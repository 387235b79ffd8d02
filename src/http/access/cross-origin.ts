import type { CorsOptions } from '@nestjs/common/interfaces/external/cors-options.interface.js';
import type { Settings } from '../../config/settings.js';

/** Response headers that pages may read. Browsers cache a preflight for at most a day, in seconds. */
const EXPOSED = [
  'ETag',
  'Link',
  'Retry-After',
  'Kurs-Built',
  'Kurs-Not-Loaded',
  'Kurs-Quarantined',
  'Kurs-Missing-Sheet',
  'Kurs-Data-As-Of',
  'Kurs-Demo',
  'X-Request-Id',
];
const DAY_SECONDS = 86_400;

/**
 * CORS options: pages of ALLOWED_ORIGINS may read; undefined if it is empty. No foreign page may write, with or
 * without a key (WriteGuard).
 */
export function readersOf({
  ALLOWED_ORIGINS,
}: Pick<Settings, 'ALLOWED_ORIGINS'>): CorsOptions | undefined {
  const listed = ALLOWED_ORIGINS.split(',').filter((origin) => origin !== '');
  if (listed.length === 0) return undefined;
  return {
    origin: ALLOWED_ORIGINS === '*' ? '*' : listed,
    methods: ['GET', 'HEAD'],
    // `allowedHeaders` is omitted, so a preflight is answered with the requested headers: none changes what a read
    // does.
    exposedHeaders: EXPOSED,
    maxAge: DAY_SECONDS,
  };
}

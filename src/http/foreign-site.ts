import type { IncomingHttpHeaders } from 'node:http';

/** Whether the page that asks, if it is a page, comes from the host that is asked. */
export function isOwnOrigin({ origin, host }: IncomingHttpHeaders): boolean {
  return origin === undefined || (URL.canParse(origin) && new URL(origin).host === host);
}

/**
 * Why a browser, not the person before it, may be behind a request; undefined when nothing speaks for
 * that. Programs send none of these headers (Fetch Metadata, W3C); browsers without `Sec-Fetch-Site`
 * say the page's origin with everything that is no plain GET.
 */
export function foreignHand(headers: IncomingHttpHeaders): string | undefined {
  const purpose = headers['sec-purpose'] ?? headers.purpose ?? headers['x-moz'] ?? '';
  if (/prefetch|prerender/i.test(String(purpose))) return 'A prefetch may not change anything';
  const site = headers['sec-fetch-site'];
  const isOwn =
    site === undefined ? isOwnOrigin(headers) : site === 'same-origin' || site === 'none';
  return isOwn ? undefined : 'The page of another site may not change anything';
}

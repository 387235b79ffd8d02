import type { IncomingHttpHeaders } from 'node:http';

/** Browsers have called themselves so since 1994; PowerShell does too, and follows no links. */
const BROWSER = /^Mozilla\/(?!.*PowerShell)/i;
const TLS = /^\s*(?:https|wss)\b/i;

/** Whether the client speaks TLS with the proxy, as that says. */
export function isBehindTls(headers: IncomingHttpHeaders): boolean {
  return TLS.test(String(headers['x-forwarded-proto'] ?? ''));
}

/** Whether the page that asks, if it is a page, comes from the host that is asked. */
export function isOwnOrigin(headers: IncomingHttpHeaders): boolean {
  return headers.origin === undefined || isOwnAddress(headers.origin, headers);
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
  const page = pageOf(headers);
  const isOwn =
    site === undefined
      ? page === undefined || isOwnAddress(page, headers)
      : site === 'same-origin' || site === 'none';
  return isOwn ? undefined : 'The page of another site may not change anything';
}

/**
 * Why a GET may be a navigation that no page of this service began; undefined when nothing suggests that.
 * Any page can make a browser open an address: one that a person opened and that redirects looks like an
 * address that the person typed (`Sec-Fetch-Site: none`). Browsers without that header may hide the page.
 */
export function strayNavigation(headers: IncomingHttpHeaders): string | undefined {
  const site = headers['sec-fetch-site'];
  const page = pageOf(headers);
  const isOwn =
    site !== undefined
      ? site === 'same-origin'
      : page !== undefined
        ? isOwnAddress(page, headers)
        : !isBrowser(headers);
  if (isOwn) return undefined;
  return 'A browser may not change anything by opening an address; send POST or PATCH, or an API key';
}

function isBrowser(headers: IncomingHttpHeaders): boolean {
  return (
    headers['sec-fetch-mode'] === 'navigate' ||
    'upgrade-insecure-requests' in headers ||
    /\btext\/html\b/i.test(headers.accept ?? '') ||
    BROWSER.test(headers['user-agent'] ?? '')
  );
}

/** What the browser says of the page that asks; not every browser says it. */
function pageOf({ origin, referer }: IncomingHttpHeaders): string | undefined {
  return origin ?? referer;
}

/**
 * Whether the address, or the origin, is at the host that is asked. The port that a scheme has by default
 * may be named or not; and what came in the clear is no page of a service behind TLS.
 */
function isOwnAddress(address: string, headers: IncomingHttpHeaders): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, host } = new URL(address);
  if (protocol === 'http:' && isBehindTls(headers)) return false;
  const asked = `${protocol}//${headers.host ?? ''}`;
  return URL.canParse(asked) && new URL(asked).host === host;
}

import type { IncomingHttpHeaders } from 'node:http';

/** Browsers have identified as Mozilla since 1994. PowerShell does too, but follows no links. */
const BROWSER = /^Mozilla\/(?!.*PowerShell)/i;
const TLS = /^\s*(?:https|wss)\b/i;

/** Whether the client uses TLS to the proxy, according to the proxy. */
export function isBehindTls(headers: IncomingHttpHeaders): boolean {
  return TLS.test(String(headers['x-forwarded-proto'] ?? ''));
}

/** Whether the request comes from a page of this host, or from no page. */
export function isOwnOrigin(headers: IncomingHttpHeaders): boolean {
  return headers.origin === undefined || isOwnAddress(headers.origin, headers);
}

/**
 * Why a browser may have sent the request without the user's intent; undefined if nothing suggests it. Programs send
 * none of these headers (Fetch Metadata, W3C). Browsers without `Sec-Fetch-Site` send the page's origin with
 * everything except a plain GET.
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
 * Why a GET may be a navigation that no page of this service started; undefined if nothing suggests it. Any page can
 * make a browser open an address, and a redirect from an address that the user opened looks like one that the user
 * typed (`Sec-Fetch-Site: none`). Browsers without that header may hide the page.
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

/** The page that sent the request, if the browser discloses it. */
function pageOf({ origin, referer }: IncomingHttpHeaders): string | undefined {
  return origin ?? referer;
}

/**
 * Whether the address or origin has the requested host. The default port of a scheme is optional. A page without TLS
 * does not belong to a service behind TLS.
 */
function isOwnAddress(address: string, headers: IncomingHttpHeaders): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, host } = new URL(address);
  if (protocol === 'http:' && isBehindTls(headers)) return false;
  const asked = `${protocol}//${headers.host ?? ''}`;
  return URL.canParse(asked) && new URL(asked).host === host;
}

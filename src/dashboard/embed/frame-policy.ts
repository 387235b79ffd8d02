/**
 * Content-Security-Policy of a frame that pages of these origins may show; undefined if there are none.
 *
 * @param origins a valid EMBED_ORIGINS
 */
export function framePolicy(origins: string): string | undefined {
  if (origins === '') return undefined;
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${origins.replaceAll(',', ' ')}`,
    "require-trusted-types-for 'script'",
  ].join(';');
}

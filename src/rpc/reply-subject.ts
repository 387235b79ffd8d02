/** Put before the subject of an answer by a gateway between clusters, with the hashes of cluster and server; servers take it from no client. */
const GATEWAY = '_GR_';
const GATEWAY_TOKENS = 3;
/** Wildcards, spaces and control characters, and what is no character at all. */
const UNFIT = /[*>\s\p{Cc}\ufffd]/u;

/**
 * Whether an answer may go to this subject: to an inbox, under one of the `prefixes`. A caller names the
 * subject, and Kurs publishes there with rights that the caller may not have: on a subject of JetStream the
 * answer would be a command, on one of the events a forged event.
 */
export function isInbox(subject: string, prefixes: readonly string[]): boolean {
  const said = subject.split('.');
  if (said.includes('') || UNFIT.test(subject)) return false;
  // The gateway delivers to what follows: that must be an inbox as well.
  const tokens = said[0] === GATEWAY ? said.slice(GATEWAY_TOKENS) : said;
  return prefixes.some((prefix) => {
    const wanted = prefix.split('.');
    return tokens.length > wanted.length && wanted.every((token, index) => tokens[index] === token);
  });
}

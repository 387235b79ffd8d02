import { LRUCache } from 'lru-cache';
import Negotiator from 'negotiator';

/** Clients send few distinct values. */
const known = new LRUCache<string, boolean>({ max: 1_000 });

/** Whether a client prefers gzip to an unencoded body (`Accept-Encoding`, RFC 9110, 12.5.3). */
export function prefersGzip(header: string | string[] | undefined): boolean {
  if (header === undefined || header === '') return false;
  const text = String(header);
  const isKnown = known.get(text);
  if (isKnown !== undefined) return isKnown;
  const negotiator = new Negotiator({ headers: { 'accept-encoding': text } });
  const answer = negotiator.encodings(['gzip', 'identity'])[0] === 'gzip';
  known.set(text, answer);
  return answer;
}

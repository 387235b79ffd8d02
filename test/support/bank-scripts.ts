import { eventually } from './eventually.js';
import type { KursFixture } from './with-kurs.js';

type AskInit = Omit<RequestInit, 'headers'> & { headers?: Record<string, string> };

/** Asks a script of the bank. */
export function asking({ kurs }: KursFixture) {
  return async (path: string, { headers: more, ...init }: AskInit = {}) => {
    const sent = { 'Accept-Encoding': 'identity', ...more };
    const response = await fetch(`${kurs.url}/scripts/${path}`, { ...init, headers: sent });
    const bytes = Buffer.from(await response.arrayBuffer());
    const text = new TextDecoder('windows-1251').decode(bytes);
    const { status, headers } = response;
    return { status, bytes, text, headers, type: headers.get('content-type') };
  };
}

export const hasDictionary = (ask: ReturnType<typeof asking>) =>
  eventually('the dictionary', async () => (await ask('XML_valFull.asp')).status === 200);

import type { Settings } from '../config/settings.js';
import { messageOf } from '../common/message-of.js';
import type { Status } from '../health/status.dto.js';
import { NoServiceError } from './cli.errors.js';

/** How long a service may take to say how it is, in milliseconds. */
const PATIENCE_MS = 5_000;
/** An address to listen on that stands for every address of this machine. */
const ANYWHERE = new Map([
  ['0.0.0.0', '127.0.0.1'],
  ['::', '[::1]'],
]);

/** Where the service of these settings answers, as seen from this machine. */
export function addressOf({ HOST, PORT }: Settings): string {
  const host = ANYWHERE.get(HOST) ?? (HOST.includes(':') ? `[${HOST}]` : HOST);
  return `http://${host}:${PORT}`;
}

/** @throws NoServiceError */
export async function askForStatus(url: string): Promise<Status> {
  try {
    const address = new URL('v1/status', `${url.replace(/(?<!\/)\/+$/, '')}/`);
    const answer = await fetch(address, { signal: AbortSignal.timeout(PATIENCE_MS) });
    const text = await answer.text();
    if (!answer.ok)
      throw new NoServiceError(url, `it says ${answer.status}: ${text.slice(0, 300)}`);
    const status = JSON.parse(text) as Partial<Status>;
    if (status.log_id === undefined) throw new NoServiceError(url, 'something else answers there');
    return status as Status;
  } catch (thrown) {
    if (thrown instanceof NoServiceError) throw thrown;
    const cause = thrown instanceof Error && thrown.cause ? thrown.cause : thrown;
    throw new NoServiceError(url, messageOf(cause));
  }
}

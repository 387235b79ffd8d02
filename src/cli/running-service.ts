import { messageOf } from '../common/message-of.js';
import type { Settings } from '../config/settings.js';
import type { Status } from '../health/status.dto.js';
import { NoServiceError } from './cli.errors.js';

const TIMEOUT_MS = 5_000;
/** Where this machine reaches a service that listens on every address. */
const LOOPBACK_FOR = new Map([
  ['0.0.0.0', '127.0.0.1'],
  ['::', '[::1]'],
]);

/** Where this machine reaches the service of these settings. */
export function addressOf({ HOST, PORT }: Settings): string {
  const host = LOOPBACK_FOR.get(HOST) ?? (HOST.includes(':') ? `[${HOST}]` : HOST);
  return `http://${host}:${PORT}`;
}

/** @throws NoServiceError */
export async function requestStatus(url: string): Promise<Status> {
  try {
    const address = new URL('v1/status', `${url.replace(/(?<!\/)\/+$/, '')}/`);
    const answer = await fetch(address, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    const text = await answer.text();
    if (!answer.ok)
      throw new NoServiceError(url, `it answers ${answer.status}: ${text.slice(0, 300)}`);
    const status = JSON.parse(text) as Partial<Status>;
    if (status.log_id === undefined) throw new NoServiceError(url, 'another program answers');
    return status as Status;
  } catch (thrown) {
    if (thrown instanceof NoServiceError) throw thrown;
    const cause = thrown instanceof Error && thrown.cause ? thrown.cause : thrown;
    throw new NoServiceError(url, messageOf(cause));
  }
}

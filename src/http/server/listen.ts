import { once } from 'node:events';
import { createServer } from 'node:net';
import type { Settings } from '../../config/settings.js';
import { CannotListenError } from '../problems/index.js';

type Address = Pick<Settings, 'HOST' | 'PORT'>;

/**
 * Looks whether the service can listen where it is told to, before it opens its database and asks the bank:
 * Nest starts everything before it listens.
 *
 * @throws CannotListenError
 */
export async function checkAddress(address: Address): Promise<void> {
  const server = createServer();
  await listening(address, async () => {
    await once(server.listen(address.PORT, address.HOST), 'listening');
  });
  await once(server.close(), 'close');
}

/**
 * Runs what listens on the address, and says in one sentence why it cannot.
 *
 * @throws CannotListenError
 */
export async function listening(address: Address, listen: () => Promise<unknown>): Promise<void> {
  try {
    await listen();
  } catch (thrown) {
    const reason = reasonFor(address, (thrown as NodeJS.ErrnoException).code);
    throw reason === undefined ? thrown : new CannotListenError(reason);
  }
}

function reasonFor({ HOST, PORT }: Address, code: string | undefined): string | undefined {
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${PORT} on ${HOST} is taken by another process; stop that, or set PORT to another one`;
    case 'EACCES':
      return `This user may not listen on port ${PORT}; set PORT to one above 1023, or give it CAP_NET_BIND_SERVICE`;
    case 'EADDRNOTAVAIL':
      return `${HOST} is no address of this machine; set HOST to one that is, or to 0.0.0.0 for all`;
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `The address of ${HOST} cannot be found; set HOST to an address of this machine`;
    default:
      return undefined;
  }
}

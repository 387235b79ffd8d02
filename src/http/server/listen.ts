import { once } from 'node:events';
import { createServer } from 'node:net';
import type { Settings } from '../../config/settings.js';
import { CannotListenError } from '../problems/index.js';

type Address = Pick<Settings, 'HOST' | 'PORT'>;

/**
 * Checks that the address is free before the database is opened and the bank is polled: Nest initializes everything
 * before it listens.
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
 * Runs `listen`, and explains a failure in one sentence.
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
      return `Port ${PORT} on ${HOST} is in use by another process; stop it, or change PORT`;
    case 'EACCES':
      return `This user may not listen on port ${PORT}; set PORT to one above 1023, or give it CAP_NET_BIND_SERVICE`;
    case 'EADDRNOTAVAIL':
      return `${HOST} is not an address of this machine; set HOST to one that is, or to 0.0.0.0 for all`;
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `The host name ${HOST} cannot be resolved; set HOST to an address of this machine`;
    default:
      return undefined;
  }
}

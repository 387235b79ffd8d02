import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findProgram, isExecutable, runs } from './find-program.ts';

const DOCKER_IMAGE = 'nats:2';

/**
 * Path of a real nats-server: from NATS_SERVER_BIN, PATH, apt-get without password or a Docker image; otherwise
 * throws an error with instructions.
 */
export function findNatsServer(): string {
  const wanted = {
    variable: 'NATS_SERVER_BIN',
    names: ['nats-server'],
    // Debian's folder for servers is not on every PATH.
    alsoLookIn: ['/usr/local/bin', '/usr/sbin', '/usr/local/sbin'],
    aptPackages: ['nats-server'],
    howToGetOne:
      'The tests need a real nats-server and found none. Install it (Debian and Ubuntu: apt-get install ' +
      'nats-server; macOS: brew install nats-server; or https://github.com/nats-io/nats-server/releases), ' +
      'or set NATS_SERVER_BIN to its path.',
  };
  return findProgram(wanted, fromDocker);
}

/** The image contains one static binary, which runs outside the container like an installed one. */
function fromDocker(): string | undefined {
  if (process.platform !== 'linux' || !runs(['docker', 'info'])) return undefined;
  const folder = join(tmpdir(), 'kurs-nats-server');
  const container = `kurs-nats-server-${process.pid}`;
  mkdirSync(folder, { recursive: true });
  const copied =
    runs(['docker', 'create', '--name', container, DOCKER_IMAGE]) &&
    runs(['docker', 'cp', `${container}:/nats-server`, folder]);
  runs(['docker', 'rm', '-f', container]);
  const binary = join(folder, 'nats-server');
  return copied && isExecutable(binary) ? binary : undefined;
}

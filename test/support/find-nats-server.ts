import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findProgram, isExecutable, runs } from './find-program.ts';

const DOCKER_IMAGE = 'nats:2';

/**
 * The path of a real nats-server: NATS_SERVER_BIN, the PATH, apt-get where it needs no password,
 * a Docker image; else an error that says how to get one.
 */
export function findNatsServer(): string {
  const wanted = {
    variable: 'NATS_SERVER_BIN',
    names: ['nats-server'],
    // Where Debian puts servers is not on everybody's PATH.
    alsoLookIn: ['/usr/local/bin', '/usr/sbin', '/usr/local/sbin'],
    aptPackage: 'nats-server',
    howToGetOne:
      'The tests need a real nats-server and found none. Install it (Debian and Ubuntu: apt-get install ' +
      'nats-server; macOS: brew install nats-server; or https://github.com/nats-io/nats-server/releases), ' +
      'or set NATS_SERVER_BIN to its path.',
  };
  return findProgram(wanted, fromDocker);
}

/** The image holds one static binary: it runs beside the tests like an installed one. */
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

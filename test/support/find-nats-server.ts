import { execFileSync } from 'node:child_process';
import { accessSync, constants, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

/** Where Debian puts servers is not on everybody's PATH. */
const ALSO_LOOK_IN = ['/usr/local/bin', '/usr/sbin', '/usr/local/sbin'];
const DOCKER_IMAGE = 'nats:2';

const HOW_TO_GET_ONE =
  'The tests need a real nats-server and found none. Install it (Debian and Ubuntu: apt-get install ' +
  'nats-server; macOS: brew install nats-server; or https://github.com/nats-io/nats-server/releases), ' +
  'or set NATS_SERVER_BIN to its path.';

/**
 * The path of a real nats-server: NATS_SERVER_BIN, the PATH, apt-get where it needs no password,
 * a Docker image; else an error that says how to get one.
 */
export function findNatsServer(): string {
  const named = process.env.NATS_SERVER_BIN;
  if (named !== undefined && named !== '') {
    if (!isExecutable(named)) throw new Error(`NATS_SERVER_BIN is ${named}, which cannot be run`);
    return named;
  }
  const found = onPath() ?? (installWithApt() ? onPath() : undefined) ?? fromDocker();
  if (found === undefined) throw new Error(HOW_TO_GET_ONE);
  return found;
}

function onPath(): string | undefined {
  const folders = [...(process.env.PATH ?? '').split(delimiter), ...ALSO_LOOK_IN];
  return folders.map((folder) => join(folder, 'nats-server')).find(isExecutable);
}

function installWithApt(): boolean {
  const asRoot = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  const apt = (...words: string[]) =>
    runs([...asRoot, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-qq', ...words]);
  if (!runs(['apt-get', '--version'])) return false;
  return (
    apt('install', '-y', 'nats-server') || (apt('update') && apt('install', '-y', 'nats-server'))
  );
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

function runs([command = '', ...words]: string[]): boolean {
  try {
    execFileSync(command, words, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

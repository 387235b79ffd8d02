import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from '@nats-io/transport-node';
import { findNatsServer } from '../../test/support/find-nats-server.ts';
import { freePort } from '../../test/support/free-port.ts';
import { CLIENT_CORE, endOf, spawnOn } from './processes.js';

export interface Broker {
  address: string;
  url: string;
  stop(): void;
}

/** A real nats-server with JetStream. */
export async function startBroker(): Promise<Broker> {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'kurs-bench-nats-'));
  const server = spawnOn(CLIENT_CORE, findNatsServer(), [
    ...['-a', '127.0.0.1', '-p', String(port), '-js', '-sd', folder],
  ]);
  const address = `127.0.0.1:${port}`;
  const ended = once(server, 'exit').then(() => {
    throw endOf(server) ?? new Error('The broker ended');
  });
  const options = { servers: address, waitOnFirstConnect: true, reconnectTimeWait: 50 };
  const probe = await Promise.race([connect(options), ended]);
  await probe.close();
  const stop = () => {
    process.off('exit', stop);
    server.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  };
  // A benchmark that fails leaves nothing behind.
  process.once('exit', stop);
  return { address, url: `nats://${address}`, stop };
}

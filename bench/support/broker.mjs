import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from '@nats-io/transport-node';
import { findNatsServer } from '../../test/support/find-nats-server.ts';
import { freePort } from '../../test/support/free-port.ts';
import { CLIENT_CORE, endOf, pinned } from './processes.mjs';

/** A real nats-server with JetStream. */
export async function startBroker() {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'kurs-bench-nats-'));
  const [program, ...words] = pinned(
    CLIENT_CORE,
    ...[findNatsServer(), '-a', '127.0.0.1', '-p', String(port), '-js', '-sd', folder],
  );
  const server = spawn(program, words, { stdio: 'ignore' });
  const address = `127.0.0.1:${port}`;
  const ended = once(server, 'exit').then(() => Promise.reject(endOf(server)));
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

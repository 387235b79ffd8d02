import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from '@nats-io/transport-node';
import { findNatsServer } from '../../test/support/find-nats-server.ts';
import { CLIENT_CORE, freePort, pinned } from './processes.mjs';

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
  const probe = await connect({
    servers: address,
    waitOnFirstConnect: true,
    reconnectTimeWait: 50,
  });
  await probe.close();
  const stop = () => {
    server.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  };
  return { address, url: `nats://${address}`, stop };
}

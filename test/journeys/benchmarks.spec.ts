import { spawnSync } from 'node:child_process';

/** Far more than loading takes; whoever waits for ever is ended by it. */
const PATIENCE_MS = 60_000;

describe('a benchmark', () => {
  // In place of the broker, Node: it does not know the options, and ends.
  const env = { ...process.env, NATS_SERVER_BIN: process.execPath };
  const run = (lines: string) =>
    spawnSync(
      process.execPath,
      ['--import', '@swc-node/register/esm-register', '--input-type=module', '--eval', lines],
      { encoding: 'utf8', timeout: PATIENCE_MS, env },
    );

  it.each([
    [
      'a service',
      `import { startAndTime } from './bench/support/processes.ts';
       await startAndTime('bench/no-such-program.js', { PORT: '9' });`,
      /no-such-program\.js ended: 1/,
    ],
    [
      'a broker',
      `import { startBroker } from './bench/support/broker.ts';
       await startBroker();`,
      /-js -sd .* ended: 9/,
    ],
  ])('ends where %s does not start', (_, lines, reason) => {
    const { status, stderr } = run(lines);
    expect(stderr).toMatch(reason);
    expect(status).toBe(1);
  });
});

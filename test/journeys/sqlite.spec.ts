import { spawnSync } from 'node:child_process';

describe('better-sqlite3 on this Node', () => {
  // nodejs/node#65446: with version 12, compiled for Node 24.19, the process is gone.
  it('survives the garbage collection of its statements', () => {
    const { stdout, signal, status } = spawnSync(
      process.execPath,
      ['test/support/collect-statements.mjs'],
      { encoding: 'utf8' },
    );
    expect({ signal, status, stdout }).toEqual({ signal: null, status: 0, stdout: 'alive\n' });
  });
});

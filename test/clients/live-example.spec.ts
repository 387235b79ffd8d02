import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { eventually } from '../support/eventually.js';
import { freePort } from '../support/free-port.js';
import { LiveService } from './live-service.js';

describe('the example in docs/', () => {
  let service: LiveService;
  let child: ChildProcess;
  let printed = '';
  let complaints = '';

  beforeAll(async () => (service = await LiveService.start()));
  afterAll(() => service.stop());
  afterEach(() => child.kill('SIGKILL'));

  const run = (...words: string[]) => {
    const env = { PATH: process.env.PATH, KURS_URL: service.url };
    printed = complaints = '';
    child = spawn(process.execPath, words, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout?.on('data', (chunk: Buffer) => (printed += chunk.toString()));
    child.stderr?.on('data', (chunk: Buffer) => (complaints += chunk.toString()));
  };
  const prints = (line: string) =>
    eventually(`"${line}" is printed`, () => {
      if (child.exitCode !== null) throw new Error(`The example has ended: ${complaints}`);
      return printed.split('\n').includes(line);
    });

  it('has ten lines, and prints rates and changes', async () => {
    expect(readFileSync('docs/live.mjs', 'utf8').trim().split('\n')).toHaveLength(10);
    run('docs/live.mjs', 'jpy', 'gold');
    await prints('now JPY 47.2636 100');
    await service.make('SILVER', 'GOLD');
    await prints('rate_created GOLD 1.15 1');
    expect(printed).not.toMatch(/USD|SILVER/);
  });

  it.each(['WebSocket', 'WebSocket: null'])('lets its process end: %s', async (options) => {
    const script = `
      import WebSocket from 'ws';
      import { KursClient } from './clients/js/kurs.js';
      const kurs = new KursClient(process.env.KURS_URL, { ${options} });
      kurs.addEventListener('snapshot', ({ detail }) => {
        console.log(detail.event);
        kurs.close();
      });`;
    run('--input-type=module', '--eval', script);
    const [code] = (await once(child, 'close')) as [number | null];
    expect({ code, printed, complaints }).toEqual({
      code: 0,
      printed: 'snapshot\n',
      complaints: '',
    });
  });

  it('lets its process end if it is closed while it waits', async () => {
    const script = `
      import { KursClient } from './clients/js/kurs.js';
      Math.random = () => 1;
      const timing = { firstWaitMs: 600_000, mostWaitMs: 600_000 };
      const kurs = new KursClient('http://127.0.0.1:${await freePort()}', { timing });
      kurs.addEventListener('state', ({ detail }) => {
        if (detail.state !== 'waiting') return;
        console.log(detail.delay_ms);
        kurs.close();
      });`;
    run('--input-type=module', '--eval', script);
    await once(child, 'close');
    expect(printed).toBe('600000\n');
  });
});

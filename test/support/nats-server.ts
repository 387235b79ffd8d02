import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from './eventually.js';
import { freePort } from './free-port.js';

const GREETING_MS = 1_000;

/** How a broker differs from one that is run with `-js` alone. */
interface NatsServerOptions {
  jetstream?: boolean;
  /** Lines of a configuration file. */
  config?: string;
}

/** A real broker in a process of its own, which keeps its port and its store when it is started again. */
export class NatsServer {
  private process: ChildProcess | undefined;

  private constructor(
    readonly port: number,
    private readonly storeFolder: string,
    private readonly words: readonly string[],
  ) {}

  /** An address that nothing listens on yet; `up` starts the server. */
  static async prepare({ jetstream = true, config }: NatsServerOptions = {}): Promise<NatsServer> {
    const folder = mkdtempSync(join(tmpdir(), 'kurs-nats-'));
    const words = jetstream ? ['-js', '-sd', folder] : [];
    if (config !== undefined) {
      const file = join(folder, 'nats.conf');
      writeFileSync(file, config);
      words.push('-c', file);
    }
    return new NatsServer(await freePort(), folder, words);
  }

  static async start(options?: NatsServerOptions): Promise<NatsServer> {
    const server = await NatsServer.prepare(options);
    await server.up();
    return server;
  }

  get url(): string {
    return `nats://127.0.0.1:${this.port}`;
  }

  async up(): Promise<void> {
    const words = ['-a', '127.0.0.1', '-p', String(this.port), ...this.words];
    this.process = spawn(process.env.NATS_SERVER_BIN ?? 'nats-server', words, { stdio: 'ignore' });
    await eventually('nats-server listens', () => isListening(this.port));
  }

  /** Has it read other lines of configuration, without an end of its connections. */
  reload(config: string): void {
    writeFileSync(join(this.storeFolder, 'nats.conf'), config);
    this.process?.kill('SIGHUP');
  }

  /** SIGKILL, and waits until it is gone. */
  async kill(): Promise<void> {
    if (this.process?.exitCode !== null || this.process.signalCode !== null) return;
    const exited = once(this.process, 'exit');
    this.process.kill('SIGKILL');
    await exited;
  }

  /** Loses everything that it has stored; it must be down. */
  wipe(): void {
    rmSync(this.storeFolder, { recursive: true, force: true });
  }

  /** Hangs: connections stay, nothing is answered. */
  pause(): void {
    this.process?.kill('SIGSTOP');
  }

  resume(): void {
    this.process?.kill('SIGCONT');
  }

  async stop(): Promise<void> {
    await this.kill();
    rmSync(this.storeFolder, { recursive: true, force: true });
  }
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1').setTimeout(GREETING_MS);
    // The broker speaks first; somebody else on its port would stay silent.
    socket.once('data', () => resolve(true)).once('timeout', () => resolve(false));
    socket.once('error', () => resolve(false)).once('close', () => resolve(false));
    socket.once('data', () => socket.destroy()).once('timeout', () => socket.destroy());
  });
}

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from './eventually.js';
import { freePort } from './free-port.js';

const GREETING_MS = 1_000;

/** Differences from a broker with only `-js`. */
interface NatsServerOptions {
  jetstream?: boolean;
  /** Lines of the configuration file. */
  config?: string;
}

/** A real broker in its own process, which keeps its port and store across restarts. */
export class NatsServer {
  private process: ChildProcess | undefined;

  private constructor(
    readonly port: number,
    private readonly storeFolder: string,
    private readonly words: readonly string[],
  ) {}

  /** Reserves a port; `up` starts the server. */
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

  /** Reloads the server with other configuration lines, without closing connections. */
  reload(config: string): void {
    writeFileSync(join(this.storeFolder, 'nats.conf'), config);
    this.process?.kill('SIGHUP');
  }

  /** Sends SIGKILL and waits for the exit. */
  async kill(): Promise<void> {
    if (this.process?.exitCode !== null || this.process.signalCode !== null) return;
    const exited = once(this.process, 'exit');
    this.process.kill('SIGKILL');
    await exited;
  }

  /** Deletes the store; the server must be down. */
  wipe(): void {
    rmSync(this.storeFolder, { recursive: true, force: true });
  }

  /** Hangs: connections stay open without answers. */
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
    // The broker sends first; another server on its port would not.
    socket.once('data', () => resolve(true)).once('timeout', () => resolve(false));
    socket.once('error', () => resolve(false)).once('close', () => resolve(false));
    socket.once('data', () => socket.destroy()).once('timeout', () => socket.destroy());
  });
}

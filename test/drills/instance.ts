import { CommandProcess } from '../support/command-process.js';
import { freePort } from '../support/free-port.js';
import { KursProcess } from '../support/kurs-process.js';

/** A place in the fleet: the service on one port, which may end and be started again. */
export class Instance {
  /** How often it was ended, and its clients with it. */
  ends = 0;
  private kurs: KursProcess | undefined;
  private past = '';

  private constructor(
    private readonly port: number,
    private readonly environment: Record<string, string>,
  ) {}

  static async prepare(environment: Record<string, string>): Promise<Instance> {
    return new Instance(await freePort(), environment);
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Of the process running now. */
  get pid(): number | undefined {
    return this.kurs?.pid;
  }

  /** Everything that all of its processes have printed. */
  get story(): string {
    return this.past + this.output;
  }

  /** Everything that the process running now, or last, has printed. */
  get output(): string {
    return this.kurs?.output ?? '';
  }

  /** Starts it, with other settings than last time if wanted, and waits until it answers. */
  async start(more: Record<string, string> = {}): Promise<void> {
    const environment = { ...this.environment, PORT: String(this.port), ...more };
    this.past = this.story;
    this.kurs = await KursProcess.start(environment);
  }

  async kill(): Promise<void> {
    await this.end('SIGKILL');
  }

  async stop(): Promise<void> {
    await this.end('SIGTERM');
  }

  freeze(): void {
    this.kurs?.signal('SIGSTOP');
  }

  thaw(): void {
    this.kurs?.signal('SIGCONT');
  }

  /** Runs a command of the service with the same settings, to its end. */
  async command(name: string, ...words: string[]): Promise<void> {
    const command = new CommandProcess(name, this.environment, words);
    const { code } = await command.exited;
    if (code !== 0) throw new Error(`${name} ended with ${code}: ${command.errorOutput}`);
  }

  /** How often this process has become the one that sends to the broker; it tells so at LOG_LEVEL debug. */
  get relayTerms(): number {
    return this.output.match(/This instance holds the lease relay/g)?.length ?? 0;
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    this.ends += 1;
    await this.kurs?.kill(signal);
  }
}

import type { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { resetSocket } from './reset-socket.js';

export type Direction = 'to-server' | 'to-client';

/** Current faults of the network. */
export interface Faults {
  latencyMs: number;
  readonly swallowed: Set<Direction>;
  swallowedBytes: number;
  hidesEnds: boolean;
  /** A connection whose client sends it loses that packet and all later ones to the server. */
  swallowedFrom?: string | undefined;
}

/** A client's connection, and the one to the server. */
export class ProxiedConnection {
  /** Resolves when both sides are closed. */
  readonly gone: Promise<unknown>;
  /** Whether bytes or an end were lost. */
  isDamaged = false;
  private isMute = false;

  constructor(
    private readonly client: Socket,
    private readonly server: Socket,
    private readonly faults: Faults,
  ) {
    this.gone = Promise.all([
      this.carry(client, server, 'to-server'),
      this.carry(server, client, 'to-client'),
    ]);
  }

  reset(): void {
    for (const socket of [this.client, this.server]) resetSocket(socket);
  }

  private carry(from: Socket, to: Socket, direction: Direction): Promise<void> {
    let turn = Promise.resolve();
    /** In the order of arrival, even if the latency changes. */
    const inTurn = (step: () => void) => {
      const due = performance.now() + this.faults.latencyMs;
      turn = turn.then(async () => {
        const early = due - performance.now();
        if (early > 0) await pause(early);
        step();
      });
    };
    from.on('data', (bytes) => {
      if (this.isSwallowed(bytes, direction)) {
        this.isDamaged = true;
        this.faults.swallowedBytes += bytes.length;
        return;
      }
      inTurn(() => {
        if (to.writable && !to.write(bytes)) {
          from.pause();
          to.once('drain', () => from.resume());
        }
      });
    });
    from.on('end', () => this.tell(() => inTurn(() => to.end())));
    // 'close' follows and handles the reset.
    from.on('error', () => undefined);
    return new Promise((resolve) => {
      from.on('close', (isReset) => {
        this.tell(() => inTurn(() => (isReset ? resetSocket(to) : to.end())));
        resolve();
      });
    });
  }

  private isSwallowed(bytes: Buffer, direction: Direction): boolean {
    const { swallowed, swallowedFrom } = this.faults;
    if (swallowed.has(direction)) return true;
    if (direction === 'to-client') return false;
    this.isMute ||= swallowedFrom !== undefined && bytes.includes(swallowedFrom);
    return this.isMute;
  }

  private tell(step: () => void): void {
    if (this.faults.hidesEnds) this.isDamaged = true;
    else step();
  }
}

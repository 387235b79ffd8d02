import { Injectable } from '@nestjs/common';
import { Counter, Gauge, Histogram, type Metric } from 'prom-client';
import type { Framing } from './framing.js';
import type { SentTally } from './sent-tally.js';

const NOWHERE = { registers: [] };
const TRANSPORTS = ['websocket', 'sse'] as const;

/** Metrics of live delivery; exposed by health/. */
@Injectable()
export class LiveMetrics {
  private readonly connections = new Gauge({
    name: 'kurs_live_connections',
    help: 'Clients that are connected',
    labelNames: ['transport'],
    ...NOWHERE,
  });
  private readonly messages = new Counter({
    name: 'kurs_live_events_sent_total',
    help: 'Events written to clients: one frame each',
    labelNames: ['transport'],
    ...NOWHERE,
  });
  private readonly bytes = new Counter({
    name: 'kurs_live_bytes_sent_total',
    help: 'Bytes of events written to clients',
    labelNames: ['transport'],
    ...NOWHERE,
  });
  private readonly drops = new Counter({
    name: 'kurs_live_drops_total',
    help: 'Clients cut off from this side, by reason',
    labelNames: ['reason'],
    ...NOWHERE,
  });
  private readonly refusals = new Counter({
    name: 'kurs_live_refusals_total',
    help: 'Clients that were not let in, by the code of the problem',
    labelNames: ['code'],
    ...NOWHERE,
  });
  private readonly replays = new Histogram({
    name: 'kurs_live_replay_events',
    help: 'How many events a client that came back had missed',
    buckets: [0, 1, 10, 100, 1_000, 10_000],
    ...NOWHERE,
  });
  private readonly resyncs = new Counter({
    name: 'kurs_live_resyncs_total',
    help: 'Clients that came back and had to reload the rates',
    ...NOWHERE,
  });
  private readonly broadcasts = new Histogram({
    name: 'kurs_live_broadcast_seconds',
    help: 'From the first write of a batch to its last, over all clients',
    buckets: [0.001, 0.005, 0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
    ...NOWHERE,
  });

  constructor() {
    for (const transport of TRANSPORTS) this.connections.set({ transport }, 0);
  }

  get all(): Metric[] {
    return [
      ...[this.connections, this.messages, this.bytes, this.drops],
      ...[this.refusals, this.replays, this.resyncs, this.broadcasts],
    ];
  }

  entered({ transport }: Framing): void {
    this.connections.inc({ transport });
  }

  left({ transport }: Framing): void {
    this.connections.dec({ transport });
  }

  sent({ byFraming }: SentTally): void {
    for (const [{ transport }, { count, bytes }] of byFraming) {
      this.messages.inc({ transport }, count);
      this.bytes.inc({ transport }, bytes);
    }
  }

  dropped(reason: string): void {
    this.drops.inc({ reason });
  }

  refused(code: string): void {
    this.refusals.inc({ code });
  }

  replayed(events: number): void {
    this.replays.observe(events);
  }

  resynced(): void {
    this.resyncs.inc();
  }

  async timeBroadcast(walk: () => Promise<void>): Promise<void> {
    const done = this.broadcasts.startTimer();
    await walk();
    done();
  }
}

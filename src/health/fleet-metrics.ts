import { Injectable } from '@nestjs/common';
import { Gauge, type Metric } from 'prom-client';
import { NATS_STATES } from '../nats/broker-connection.js';
import { BacklogService } from './backlog.service.js';
import { LeaseStatusService } from './lease-status.service.js';

const NOWHERE = { registers: [] };

/** Metrics of the broker and the leases, collected on scrape. */
@Injectable()
export class FleetMetrics {
  private readonly brokerState = new Gauge({
    name: 'kurs_broker_state',
    help: 'The state of the connection to NATS: 1 for the one that it is in',
    labelNames: ['state'],
    ...NOWHERE,
  });
  private readonly jetstream = new Gauge({
    name: 'kurs_broker_jetstream',
    help: 'Whether the broker keeps events; 0 while that is not known, too',
    ...NOWHERE,
  });
  private readonly backlog = new Gauge({
    name: 'kurs_backlog_events',
    help: 'Events that the broker has not acknowledged; 0 where no broker is set',
    ...NOWHERE,
  });
  private readonly oldestAge = new Gauge({
    name: 'kurs_backlog_oldest_age_seconds',
    help: 'Age of the oldest of them; 0 when there are none',
    ...NOWHERE,
  });
  private readonly lacking = new Gauge({
    name: 'kurs_stream_lacking_events',
    help: 'Events that were sent, and that the stream no longer has although the log does; 0 while that is not known, too',
    ...NOWHERE,
  });
  private readonly held = new Gauge({
    name: 'kurs_lease_held',
    help: 'Whether this instance does the work of the lease for all: fetch asks the bank, relay sends to the broker',
    labelNames: ['lease'],
    ...NOWHERE,
  });
  private readonly vacancy = new Gauge({
    name: 'kurs_lease_vacant_seconds',
    help: 'For how long no instance has done the work of the lease; 0 while one does',
    labelNames: ['lease'],
    ...NOWHERE,
  });

  constructor(
    private readonly backlogService: BacklogService,
    private readonly leases: LeaseStatusService,
  ) {}

  get all(): Metric[] {
    const broker = [this.brokerState, this.jetstream, this.lacking];
    return [...broker, this.backlog, this.oldestAge, this.held, this.vacancy];
  }

  /** @throws database errors, after the connection's state was set */
  async refresh(): Promise<void> {
    const { state: current, jetstream } = this.backlogService.brokerStatus;
    for (const state of NATS_STATES) {
      this.brokerState.set({ state }, state === current ? 1 : 0);
    }
    this.jetstream.set(jetstream === true ? 1 : 0);
    const { backlog, oldest_age_seconds } = await this.backlogService.waiting();
    this.backlog.set(backlog);
    this.oldestAge.set(oldest_age_seconds ?? 0);
    this.lacking.set((await this.backlogService.lacking()).lacking ?? 0);
    for (const { name: lease, isOurs, vacantSeconds } of await this.leases.wanted()) {
      this.held.set({ lease }, isOurs ? 1 : 0);
      this.vacancy.set({ lease }, vacantSeconds);
    }
  }
}

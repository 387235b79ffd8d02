import { Injectable } from '@nestjs/common';
import { type LeaseName, Leases, type LeaseState } from '../database/leases.js';
import { BrokerConnection } from '../nats/broker-connection.js';
import type { LeaseCheck } from './health.dto.js';

/** A failover takes at most ten seconds; in seconds. */
const LONG_VACANCY_SECONDS = 30;

/** State of the leases. */
@Injectable()
export class LeaseStatusService {
  constructor(
    private readonly leases: Leases,
    private readonly broker: BrokerConnection,
  ) {}

  /** Id of this instance, as holder of leases. */
  get instance(): string {
    return this.leases.instance;
  }

  /** All leases that should be held: without a broker, not that of the relay. */
  async wanted(): Promise<LeaseState[]> {
    const states = await this.leases.states();
    return states.filter(({ name }) => name !== 'relay' || this.broker.state !== 'disabled');
  }

  async status(): Promise<{ isWell: boolean; leases: Partial<Record<LeaseName, LeaseCheck>> }> {
    const states = await this.wanted();
    const leases = Object.fromEntries(states.map((state) => [state.name, toCheck(state)]));
    return { isWell: !states.some((state) => this.isMissed(state)), leases };
  }

  /** An instance without a broker does not campaign for `relay`; one with a broker must. */
  private isMissed({ name, vacantSeconds }: LeaseState): boolean {
    const isDue = name === 'fetch' || this.broker.state === 'connected';
    return isDue && vacantSeconds > LONG_VACANCY_SECONDS;
  }
}

function toCheck({ holder, isOurs, until, vacantSeconds }: LeaseState): LeaseCheck {
  return {
    holder,
    held_here: isOurs,
    until: until?.toISOString() ?? null,
    vacant_seconds: Math.round(vacantSeconds),
  };
}

import { Injectable } from '@nestjs/common';
import { type LeaseName, Leases, type LeaseState } from '../database/leases.js';
import { BrokerConnection } from '../nats/broker-connection.js';
import type { LeaseCheck } from './health.dto.js';

/** Taking over takes ten seconds at most; in seconds. */
const LONG_VACANCY_SECONDS = 30;

/** Who does the work that one instance does for all. */
@Injectable()
export class LeaseStatusService {
  constructor(
    private readonly leases: Leases,
    private readonly broker: BrokerConnection,
  ) {}

  /** Names this instance, as a holder of leases. */
  get instance(): string {
    return this.leases.instance;
  }

  /** All that are wanted: without a broker nobody relays, and nobody is missed. */
  async wanted(): Promise<LeaseState[]> {
    const states = await this.leases.states();
    return states.filter(({ name }) => name !== 'relay' || this.broker.state !== 'disabled');
  }

  async status(): Promise<{ isWell: boolean; leases: Partial<Record<LeaseName, LeaseCheck>> }> {
    const states = await this.wanted();
    const leases = Object.fromEntries(states.map((state) => [state.name, toCheck(state)]));
    return { isWell: !states.some((state) => this.isMissed(state)), leases };
  }

  /** Who has no broker does not stand for `relay`; somebody who has must. */
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

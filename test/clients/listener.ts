import {
  KursClient,
  type KursOptions,
  type RateEvent,
  type Refusal,
  type Resync,
  type Snapshot,
  type State,
} from '../../clients/js/src/kurs.js';
import { eventually } from '../support/eventually.js';

/** A client that keeps everything that it is told. */
export class Listener {
  readonly client: KursClient;
  readonly snapshots: Snapshot[] = [];
  readonly rates: RateEvent[] = [];
  readonly resyncs: Resync[] = [];
  readonly states: State[] = [];
  readonly errors: Refusal[] = [];
  /** Types, in the order of their coming; states by their names. */
  readonly order: string[] = [];

  constructor(url: string, options: KursOptions) {
    this.client = new KursClient(url, options);
    const keep = <Detail>(type: string, all: Detail[], detail: Detail) => {
      this.order.push(type);
      all.push(detail);
    };
    const { client } = this;
    client.addEventListener('snapshot', (event) => keep(event.type, this.snapshots, event.detail));
    client.addEventListener('rate', (event) => keep(event.type, this.rates, event.detail));
    client.addEventListener('resync', (event) => keep('resync', this.resyncs, event.detail));
    client.addEventListener('error', (event) => keep(event.type, this.errors, event.detail));
    client.addEventListener('state', ({ detail }) => keep(detail.state, this.states, detail));
  }

  get reasons(): string[] {
    return this.states.flatMap((state) => (state.state === 'waiting' ? [state.reason] : []));
  }

  get codes(): string[] {
    return this.rates.map(({ code }) => code);
  }

  async hasSnapshots(count: number): Promise<void> {
    await eventually(`${count} snapshots`, () => this.snapshots.length >= count);
  }

  async hasRates(count: number): Promise<void> {
    await eventually(`${count} events`, () => this.rates.length >= count);
  }

  async turned(state: State['state'], times = 1): Promise<void> {
    await eventually(`${state} ${times} times, after ${this.order.join(', ')}`, () => {
      return this.states.filter((each) => each.state === state).length >= times;
    });
  }
}

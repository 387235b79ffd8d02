import { EventBus } from '../events/event-bus.js';
import type { EventLogEntity } from '../events/event-log.entity.js';
import type { EventLog } from '../events/event-log.js';
import type { BrokerConnection } from './broker-connection.js';
import { RatesRelay } from './rates.relay.js';
import type { RelayCursor } from './relay-cursor.js';
import type { RelayPublisher } from './relay-publisher.js';

describe('the relay', () => {
  it('looks at the stream again when the log gets another name, also while it is looking', async () => {
    const bus = new EventBus();
    const done: string[] = [];
    const broker = {
      state: 'connected',
      open: {},
      onConnected: () => undefined,
      onDisconnected: () => undefined,
    };
    const lease = { isHeld: true, onGained: () => undefined, release: () => Promise.resolve() };
    const publisher = {
      batchSize: 1,
      takeOver: () => {
        done.push('look');
        if (done.length === 1) bus.renameLog('b');
        return Promise.resolve(0);
      },
      publish: (batch: EventLogEntity[]) => {
        done.push(...batch.map(({ seq }) => `event ${seq}`));
        return Promise.resolve();
      },
      mirror: () => undefined,
    };
    const log = {
      oldestSeq: () => Promise.resolve(1),
      after: (seq: number) => Promise.resolve(seq === 0 ? [{ seq: 1 }] : []),
    };
    let moved = (): void => undefined;
    const eventMoved = new Promise<void>((resolve) => (moved = resolve));
    const moveTo = () => {
      moved();
      return Promise.resolve();
    };
    const cursor = { lease, relayedSeq: () => Promise.resolve(0), moveTo };
    const relay = new RatesRelay(
      bus,
      broker as unknown as BrokerConnection,
      publisher as unknown as RelayPublisher,
      log as unknown as EventLog,
      cursor as unknown as RelayCursor,
    );
    relay.onModuleInit();
    bus.publish([]);
    await eventMoved;
    await relay.beforeApplicationShutdown();
    expect(done).toEqual(['look', 'look', 'event 1']);
  });
});

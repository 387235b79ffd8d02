import { Logger } from '@nestjs/common';
import { EventBus } from './event-bus.js';
import type { EventLogEntity } from './event-log.entity.js';

const BATCH = [{ seq: 1 }, { seq: 2 }] as EventLogEntity[];

describe('the bus', () => {
  beforeAll(() => {
    Logger.overrideLogger(false);
  });

  it('delivers every batch to all subscribers until they unsubscribe', () => {
    const bus = new EventBus();
    const heard: string[] = [];
    const forget = bus.subscribe('one', (batch) => heard.push(`one ${batch.length}`));
    bus.subscribe('other', (batch) => heard.push(`other ${batch.length}`));
    bus.publish(BATCH);
    forget();
    bus.publish(BATCH.slice(1));
    expect(heard).toEqual(['one 2', 'other 2', 'other 1']);
  });

  it('tells subscribers with a callback for it that the log was replaced', () => {
    const bus = new EventBus();
    const heard: string[] = [];
    bus.subscribe('one', () => heard.push('batch'));
    const forget = bus.subscribe(
      'other',
      () => heard.push('batch'),
      (logId) => heard.push(logId),
    );
    bus.renameLog('a');
    forget();
    bus.renameLog('b');
    expect(heard).toEqual(['a']);
  });

  it('lets nobody suffer from a subscriber who fails, and says whose failure it was', () => {
    const said: string[] = [];
    Logger.overrideLogger({
      ...{ log: () => undefined, warn: () => undefined },
      error: (message: string) => said.push(message),
    });
    const bus = new EventBus();
    const heard: unknown[] = [];
    bus.subscribe('the gateway', () => {
      throw new Error('no socket');
    });
    bus.subscribe('other', (batch) => heard.push(batch));
    bus.publish(BATCH);
    expect(heard).toEqual([BATCH]);
    expect(said).toEqual([expect.stringMatching(/the gateway.*no socket/)]);
  });
});

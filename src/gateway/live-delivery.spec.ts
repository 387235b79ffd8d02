import { Logger } from '@nestjs/common';
import { EventBus } from '../events/event-bus.js';
import type { EventLogEntity } from '../events/event-log.entity.js';
import type { EventLog } from '../events/event-log.js';
import type { EventTail } from '../events/event-tail.js';
import { LiveDelivery } from './live-delivery.js';
import { LiveMetrics } from './live-metrics.js';
import { LiveSessions } from './live-sessions.js';
import type { Ending, Outlet } from './outlet.js';
import { RecentEvents } from './recent-events.js';
import { Session } from './session.js';
import { SOCKET_FRAMING } from './socket-framing.js';

/** More than memory keeps. */
const FLOOD = 25_000;

/** A client that reads at once, and may do something whenever it is written to. */
class TestOutlet implements Outlet {
  readonly framing = SOCKET_FRAMING;
  readonly unsentBytes = 0;
  readonly endings: Ending['why'][] = [];
  text = '';
  onWrite = (): void => undefined;
  write(bytes: Buffer): void {
    this.text += bytes.toString();
    this.onWrite();
  }
  readonly drained = () => Promise.resolve();
  readonly ping = () => undefined;
  readonly dropUnlessAlive = () => false;
  end({ why }: Ending): Promise<void> {
    this.endings.push(why);
    return Promise.resolve();
  }
}

describe('live delivery', () => {
  let bus: EventBus;
  let sessions: LiveSessions;
  let delivery: LiveDelivery;

  beforeEach(() => {
    Logger.overrideLogger(false);
    bus = new EventBus();
    const tail = {
      position: { logId: 'a', seq: 0 },
      caughtUp: () => Promise.resolve(),
    } as unknown as EventTail;
    const metrics = new LiveMetrics();
    sessions = new LiveSessions(metrics);
    const recent = new RecentEvents({} as EventLog);
    delivery = new LiveDelivery(bus, tail, recent, sessions, metrics);
    delivery.onModuleInit();
  });

  const connect = () => {
    const outlet = new TestOutlet();
    const session = new Session(outlet, undefined);
    sessions.enter(session);
    delivery.beginLive(session);
    return outlet;
  };
  const publish = (from: number, to = from) =>
    bus.publish(
      Array.from({ length: to - from + 1 }, (_, at) => {
        return { seq: from + at, code: 'USD', payload: `<${from + at}>` } as EventLogEntity;
      }),
    );
  const begin = async (logId: string) => {
    const outlet = new TestOutlet();
    const session = new Session(outlet, undefined);
    sessions.enter(session);
    await delivery.beginAfter(session, { logId, seq: 0 });
    return outlet;
  };
  /** Everything that was published is written by then. */
  const delivered = () => delivery.beforeApplicationShutdown();

  it('goes on behind a hole in the log that shows in the middle of a walk; who was there connects anew', async () => {
    const first = connect();
    first.onWrite = () => {
      first.onWrite = () => undefined;
      publish(10);
    };
    publish(1);
    expect(first.endings).toEqual(['failed']);
    const second = connect();
    publish(11);
    await delivered();
    expect([first.text, second.text]).toEqual([
      expect.stringContaining('<1>'),
      expect.stringMatching(/^[^<]+<11>$/),
    ]);
  });

  it('begins nothing under a name that the log has lost meanwhile: the client connects anew', async () => {
    const early = connect();
    bus.renameLog('b');
    const [late, current] = [await begin('a'), await begin('b')];
    publish(1);
    await delivered();
    expect(late).toMatchObject({ text: '', endings: ['failed', 'restart'] });
    expect(current.text).toMatch(/^[^<{]+<1>$/);
    expect(early.text).toMatch(/"resync_required","log_id":"b","seq":0}[^<]+<1>$/);
  });

  it('forgets nothing that the live sessions have yet to get', async () => {
    const client = connect();
    client.onWrite = () => {
      client.onWrite = () => undefined;
      publish(2, FLOOD);
    };
    publish(1);
    await delivered();
    expect(client.endings).toEqual(['restart']);
    expect(client.text.match(/<\d+>/g)).toHaveLength(FLOOD);
  });
});

import WebSocket from 'ws';
import { KursClient, type Position, type RateEvent } from '../../clients/js/src/kurs.js';

/** Never run: it is compiled, which shows that the types of the client say what its users need. */
export function useEverything(keep: (position: Position | null) => void): void {
  const kurs = new KursClient('http://127.0.0.1:3000', {
    codes: ['USD'],
    position: { log_id: '4f1d0a52-5f5e-4a68-9df2-1a3d1f0f5c11', seq: 311 },
    WebSocket,
    timing: { silenceMs: 90_000 },
  });
  kurs.addEventListener('snapshot', ({ detail: { rates, seq } }) => {
    const [value]: (number | undefined)[] = rates.map((rate) => rate.value / rate.nominal);
    keep({ log_id: 'log', seq: seq + (value ?? 0) });
  });
  kurs.addEventListener('rate', ({ detail }) => keep({ log_id: fell(detail), seq: detail.seq }));
  kurs.addEventListener('resync', { handleEvent: ({ detail }) => keep(detail) });
  kurs.addEventListener('error', ({ detail }) => detail.final && kurs.close(), { once: true });
  kurs.addEventListener('state', function ({ detail }) {
    if (detail.state === 'waiting') this.subscribe([detail.reason.repeat(detail.delay_ms)]);
    // @ts-expect-error Only who waits has a delay.
    else kurs.unsubscribe([detail.delay_ms]);
  });
  // @ts-expect-error No such event is dispatched.
  kurs.addEventListener('rates', () => undefined);
  // @ts-expect-error A position names its log.
  new KursClient('http://127.0.0.1:3000', { position: { seq: 311 } });
  // @ts-expect-error Where a client is, it finds out by itself.
  kurs.position = null;
}

function fell(event: RateEvent): string {
  switch (event.event) {
    case 'rate_created': {
      const nothing: null = event.previous_value;
      return `${nothing}`;
    }
    case 'rate_updated':
      return event.previous_value !== null && event.value < event.previous_value ? 'fell' : '';
    case 'rate_deleted':
      return event.code;
  }
}

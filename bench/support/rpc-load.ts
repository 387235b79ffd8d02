// Callers over NATS in a process of their own: a fixed number of requests in flight, each followed by the next as
// soon as it is answered. The parent says what to request and for how long.
import { connect, createInbox, type NatsConnection } from '@nats-io/transport-node';
import { type Load, spread } from './measure.js';
import { onOrder, tellParent } from './parent.js';

export interface RpcOrder {
  servers: string;
  subject: string;
  /** Sent one after the other, from where the last order stopped. */
  requests: readonly object[];
  inFlight: number;
  ms: number;
}

let nats: NatsConnection | undefined;
let next = 0;

onOrder(async (order: RpcOrder) => tellParent(await load(order)));

async function load({ servers, subject, requests, inFlight, ms }: RpcOrder): Promise<Load> {
  const connection = (nats ??= await connect({ servers }));
  const bodies = requests.map((each) => Buffer.from(JSON.stringify(each)));
  const begun = performance.now();
  const until = begun + ms;
  const latencies: number[] = [];
  const inbox = createInbox();
  await new Promise<void>((resolve, reject) => {
    const sentAt = new Float64Array(inFlight);
    let open = inFlight;
    const send = (caller: number) => {
      sentAt[caller] = performance.now();
      connection.publish(subject, bodies[next++ % bodies.length], { reply: `${inbox}.${caller}` });
    };
    const subscription = connection.subscribe(`${inbox}.*`, {
      callback: (failure, { subject: to, headers, data }) => {
        const isError = failure === null && headers?.has('Nats-Service-Error');
        const error = failure ?? (isError && new Error(Buffer.from(data).toString()));
        if (error) {
          reject(error);
          return;
        }
        const caller = Number(to.slice(inbox.length + 1));
        const now = performance.now();
        latencies.push(now - (sentAt[caller] ?? NaN));
        if (now < until) send(caller);
        else if (--open === 0) {
          subscription.unsubscribe();
          resolve();
        }
      },
    });
    for (let caller = 0; caller < inFlight; caller++) send(caller);
  });
  const { length: count } = latencies;
  const { p99 } = spread(latencies);
  return { count, perSecond: count / ((performance.now() - begun) / 1_000), p99 };
}

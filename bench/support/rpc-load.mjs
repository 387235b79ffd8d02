// Callers over NATS in a process of their own: as many requests as may be in flight at once, each followed by
// the next as soon as it is answered. Its parent says whom to ask, what and for how long.
import { connect, createInbox } from '@nats-io/transport-node';
import { spread } from './measure.mjs';

let nats;
let next = 0;

process.on('message', async (order) => process.send(await load(order)));
// A bench that fails leaves nothing on the core.
process.once('disconnect', () => process.exit());

/** @param requests asked one after the other, from where the last order stopped */
async function load({ servers, subject, requests, inFlight, ms }) {
  nats ??= await connect({ servers });
  const bodies = requests.map((each) => Buffer.from(JSON.stringify(each)));
  const begun = performance.now();
  const until = begun + ms;
  const latencies = [];
  const inbox = createInbox();
  await new Promise((resolve, reject) => {
    const askedAt = [];
    let open = inFlight;
    const ask = (caller) => {
      askedAt[caller] = performance.now();
      nats.publish(subject, bodies[next++ % bodies.length], { reply: `${inbox}.${caller}` });
    };
    const subscription = nats.subscribe(`${inbox}.*`, {
      callback: (failure, { subject: to, headers, data }) => {
        const error = failure ?? (headers?.has('Nats-Service-Error') && Buffer.from(data));
        if (error) reject(new Error(String(error)));
        const caller = Number(to.slice(inbox.length + 1));
        const now = performance.now();
        latencies.push(now - askedAt[caller]);
        if (now < until) ask(caller);
        else if (--open === 0) {
          subscription.unsubscribe();
          resolve();
        }
      },
    });
    for (let caller = 0; caller < inFlight; caller++) ask(caller);
  });
  const { length: count } = latencies;
  const { p99 } = spread(latencies);
  return { count, perSecond: count / ((performance.now() - begun) / 1_000), p99 };
}

import { ask, cpuSeconds } from './live-server.mjs';

const ROUND_MS = 400;
const WARM_UP_MS = 1_000;
/** What a server writes by itself. */
const OWN = ['date', 'connection', 'keep-alive', 'transfer-encoding', 'content-length'];
/** As the load asks: the answer's tag depends on what was asked for. */
const ACCEPTS = { Accept: '*/*', 'Accept-Encoding': 'identity' };

/**
 * The same question to the service and to another server that sends the same bytes, in turn: answers for each
 * second of its core's time. Answers for each second of the clock would be those of the clients, where these
 * are slower than both.
 */
export async function besideBare(
  clients,
  service,
  bare,
  { path, headers = {}, rounds, connections, warmUpMs },
) {
  const answer = await answerOf(service, path, headers);
  await ask(bare.child, { answer });
  const load = (server, ms) =>
    loadOn(clients, server, { path, headers, connections, ms, isAwake: true });
  await load(service, warmUpMs);
  await load(bare, WARM_UP_MS);
  const figures = await inTurn({ service, bare, rounds, loads: [load, load] });
  return { ...figures, status: answer.status, bytes: answer.size };
}

/**
 * Two servers that each find their answers to many questions, which do not come again within a round: answers
 * for each second of its core's time.
 *
 * @param ourPaths, theirPaths what is asked of each; the same list where both know the same addresses
 */
export async function besideEachOther(
  clients,
  service,
  other,
  { ourPaths, theirPaths = ourPaths, rounds, warmUpMs },
) {
  const loads = [ourPaths, theirPaths].map(
    (paths) => (server, ms) => loadOn(clients, server, { paths, ms, isAwake: true }),
  );
  await loads[0](service, warmUpMs);
  await loads[1](other, warmUpMs);
  return inTurn({ service, bare: other, rounds, loads });
}

/** Each in turn: answers for each second of the core's time of the server that gives them. */
export async function inTurn({ service, bare, rounds, loads: [loadOurs, loadBound] }) {
  const figures = { ours: [], bound: [], oursP99: [], boundP99: [] };
  for (let round = 0; round < rounds; round++) {
    const ours = await measured(service, () => loadOurs(service, ROUND_MS));
    const bound = await measured(bare, () => loadBound(bare, ROUND_MS));
    figures.ours.push(ours.perCpuSecond);
    figures.bound.push(bound.perCpuSecond);
    figures.oursP99.push(ours.p99);
    figures.boundP99.push(bound.p99);
  }
  return figures;
}

async function measured({ child }, work) {
  const before = cpuSeconds(child);
  const { count, p99 } = await work();
  return { perCpuSecond: count / (cpuSeconds(child) - before), p99 };
}

/** Asks as fast as it is answered; only with what was expected. */
export async function loadOn(
  { ask: order },
  { port },
  { path, paths = [path], headers = {}, connections, ms, status, isAwake },
) {
  const asked = { ...ACCEPTS, ...headers };
  const { statuses, ...figures } = await order({
    ...{ port, paths, headers: asked, connections, ms, isAwake },
  });
  if (statuses.length !== 1 || (status && statuses[0] !== status)) {
    throw new Error(`${paths[0]}: ${statuses}`);
  }
  return figures;
}

/** The status, the body and all headers but those that a server writes by itself. */
async function answerOf({ port }, path, headers) {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, {
    headers: { ...ACCEPTS, ...headers },
  });
  const body = Buffer.from(await response.arrayBuffer());
  const told = [...response.headers].filter(([name]) => !OWN.includes(name)).flat();
  if (response.status !== 304) told.push('content-length', String(body.length));
  return {
    status: response.status,
    headers: told,
    body: body.toString('base64'),
    size: body.length,
  };
}

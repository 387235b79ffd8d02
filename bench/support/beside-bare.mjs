import { ask } from './live-server.mjs';

const ROUND_MS = 400;
/** What is measured is not the compiler: a way through the whole house takes it long. */
const WARM_UP_MS = 8_000;
/** What a server writes by itself. */
const OWN = ['date', 'connection', 'keep-alive', 'transfer-encoding', 'content-length'];
/** As the load asks: the answer's tag depends on what was asked for. */
const ACCEPTS = { Accept: '*/*', 'Accept-Encoding': 'identity' };

/** The same question to the service and to another server that sends the same bytes, in turn. */
export async function besideBare(
  clients,
  service,
  bare,
  { path, headers = {}, rounds, connections },
) {
  const answer = await answerOf(service, path, headers);
  await ask(bare.child, { answer });
  const load = (server, ms) => loadOn(clients, server, { path, headers, connections, ms });
  await load(service, WARM_UP_MS);
  await load(bare, WARM_UP_MS / 8);
  const figures = { ours: [], bound: [], oursP99: [], boundP99: [] };
  for (let round = 0; round < rounds; round++) {
    const [ours, bound] = [await load(service, ROUND_MS), await load(bare, ROUND_MS)];
    figures.ours.push(ours.perSecond);
    figures.bound.push(bound.perSecond);
    figures.oursP99.push(ours.p99);
    figures.boundP99.push(bound.p99);
  }
  return { ...figures, status: answer.status, bytes: answer.size };
}

/** Asks as fast as it is answered; only with what was expected. */
export async function loadOn(
  { ask: order },
  { port },
  { path, headers = {}, connections, ms, status },
) {
  const asked = { ...ACCEPTS, ...headers };
  const { statuses, ...figures } = await order({ port, path, headers: asked, connections, ms });
  if (statuses.length !== 1 || (status && statuses[0] !== status)) {
    throw new Error(`${path}: ${statuses}`);
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

import { Agent, request as send } from 'node:http';
import fc from 'fast-check';
import { newApiKey } from '../../src/config/api-key.js';
import { getJson } from '../support/json.js';
import { manyValutes, sheetXml } from '../support/sheet-builder.js';
import { type Answer, AnswerCheck, isForeseen } from './answer-check.js';
import type { ApiDocument, Endpoint } from './api-document.js';
import { endpointsOf } from './api-document.js';
import type { Drill } from './drill.js';
import { type FuzzedRequest, requestsTo } from './fuzzed-request.js';
import type { Instance } from './instance.js';

const AT_ONCE = 20;
const REQUESTS_A_ROUND = 100;
/** The stream has no end of its own. */
const ENDLESS = '/v1/stream';
const LONGEST_ANSWER = 2_000_000;

/** Each round is a hundred requests. */
export const httpFuzz: Drill = {
  name: 'http-fuzz',
  about: 'valid, nearly valid and hostile requests generated from the OpenAPI document',
  engines: ['SQLite', 'PostgreSQL'],
  // The engine that rejects more texts and numbers.
  shortEngines: ['PostgreSQL'],
  short: { rounds: 5, seconds: 0 },
  long: { rounds: 100, seconds: 0 },

  async run(ground, { rounds }) {
    const { key, line } = newApiKey('fuzz', ['write', 'tasks']);
    await ground.broker.up();
    const instance = await ground.start({ API_KEYS: line, MAX_EXPORTS: '1000' });
    ground.bank.publish(sheetXml('25.04.2024', manyValutes(12)));
    const document = await getJson<ApiDocument>(`${instance.url}/openapi.json`);
    const check = new AnswerCheck(document);
    const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
    const complaints: string[] = [];
    const statuses = new Map<number, number>();
    const requests = requestsTo(document, key);
    for (let round = 1; round <= rounds; round++) {
      const sample = fc.sample(requests, { seed: round, numRuns: REQUESTS_A_ROUND });
      while (sample.length > 0) {
        const answers = sample.splice(0, AT_ONCE).map(async (request) => {
          const answer = await ask(instance, request, agent);
          statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
          const reason = complaintAbout(document, check, request, answer);
          if (reason !== undefined) complaints.push(`${reason}: ${told(request, answer)}`);
        });
        await Promise.all(answers);
      }
      if (round % 10 === 0) ground.say(`${round * REQUESTS_A_ROUND} requests`);
    }
    agent.destroy();
    const counts = [...statuses].sort().map(([status, count]) => `${count} × ${status}`);
    ground.say(counts.join(', '));
    ground.checks.that('every answer is as the document says', complaints);
    const seen = [200, 201, 304, 401, 403, 404, 405, 422].filter((status) => statuses.has(status));
    ground.checks.holds('the requests are of many kinds', seen.length >= 7, counts);
    ground.checks.holds('the process was never ended', instance.ends === 0, instance.ends);
    const isLogged = /ERROR|Unhandled|TypeError/.exec(instance.output)?.[0];
    ground.checks.holds('nothing was logged as an error', isLogged === undefined, isLogged);
  },
};

function complaintAbout(
  document: ApiDocument,
  check: AnswerCheck,
  { endpoint, method }: FuzzedRequest,
  answer: Answer,
): string | undefined {
  if (method === endpoint.method) return check.complaint(endpoint, answer);
  if (answer.status >= 500) return isForeseen(answer) ? undefined : `status ${answer.status}`;
  if (method === 'HEAD') return answer.body === '' ? undefined : 'HEAD has a body';
  if (method === 'OPTIONS') return undefined;
  const meant = endpointsOf(document).find(
    (each) => each.method === method && isSame(each, endpoint),
  );
  if (meant) return check.complaint(meant, answer);
  const allowed = String(answer.headers.allow ?? '');
  if (answer.status === 405 && allowed.split(', ').includes(endpoint.method)) return undefined;
  // What cannot be taken apart at all is refused before anybody asks for the method.
  return [400, 404, 413, 414, 415].includes(answer.status)
    ? undefined
    : `${method} is ${answer.status}`;
}

function isSame(one: Endpoint, other: Endpoint): boolean {
  return one.path === other.path;
}

function ask(
  { url }: Instance,
  { method, address, headers, body, endpoint }: FuzzedRequest,
  agent: Agent,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    const length = body === undefined ? {} : { 'Content-Length': String(Buffer.byteLength(body)) };
    const options = { hostname, port, method, path: address, agent };
    const request = send({ ...options, headers: { ...headers, ...length } }, (response) => {
      const chunks: Buffer[] = [];
      const answered = () => {
        const text = Buffer.concat(chunks).toString('utf8');
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text });
      };
      if (endpoint.path === ENDLESS && response.statusCode === 200) {
        answered();
        response.destroy();
        return;
      }
      response.on('data', (chunk: Buffer) => {
        if (chunks.push(chunk) > LONGEST_ANSWER) response.destroy();
      });
      response.once('end', answered).once('error', reject);
    });
    request.once('error', reject);
    request.end(body);
  });
}

/** So that a person can ask the same again. */
function told(
  { method, address, headers, body }: FuzzedRequest,
  { status, body: answer }: Answer,
): string {
  const head = Object.entries(headers).map(
    ([name, value]) => `-H '${name}: ${value.slice(0, 80)}'`,
  );
  const data = body === undefined ? '' : ` -d '${body.slice(0, 200)}'`;
  return `curl -X ${method} ${head.join(' ')}${data} '${address.slice(0, 300)}' → ${status} ${answer.slice(0, 300)}`;
}

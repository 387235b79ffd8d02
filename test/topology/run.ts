import { once } from 'node:events';
import { findNatsServer } from '../support/find-nats-server.js';
import { PostgresServer } from '../support/postgres-server.js';
import { useRunFolder } from '../support/run-folder.js';
import { runSettings } from './run-settings.js';
import { Topology } from './topology.js';

const PORT = 3_000;

/** `npm run topology`: the whole fleet on this machine, until Ctrl-C. */
process.once('exit', useRunFolder());
process.env.NATS_SERVER_BIN = findNatsServer();
const topology = await Topology.start(
  await PostgresServer.start(),
  runSettings(),
  Number(process.env.PORT ?? PORT),
);
const { balancer, database, instances, nats } = topology;
process.stdout.write(
  [
    `Balancer    ${balancer.url}`,
    ...instances.map(({ url }, index) => `Instance ${index + 1}  ${url}`),
    `NATS        ${nats.url}`,
    `PostgreSQL  ${database.url}`,
    'Ctrl-C ends it, and removes what it stored.\n',
  ].join('\n'),
);
const [signal] = (await Promise.race([
  once(process, 'SIGINT'),
  once(process, 'SIGTERM'),
])) as string[];
process.stdout.write(`${signal}: stopping\n`);
await topology.stop();

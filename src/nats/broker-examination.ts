import { JetStreamApiCodes, JetStreamApiError, jetstreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import type { Settings } from '../config/settings.js';
import { connectOptions } from './connect-options.js';
import { lackingSubjects, streamSubjects, subjectsOf, unfitness } from './stream-subjects.js';

/** How it stands with a broker that is looked at, and not touched. */
export interface BrokerFacts {
  server: string;
  hasJetStream: boolean;
  /** Undefined: there is none yet, the service will make it. */
  stream: { messages: number; isComplete: boolean; unfit: string | undefined } | undefined;
}

const PATIENCE_MS = 5_000;

/** @throws what the client says when the broker cannot be reached, or does not let Kurs in */
export async function examineBroker(settings: Settings): Promise<BrokerFacts> {
  const options = { ...connectOptions(settings), timeout: PATIENCE_MS, reconnect: false };
  const connection = await connect(options);
  try {
    const { info } = connection;
    const server = `nats-server ${info?.version ?? ''} at ${connection.getServer()}`;
    const hasJetStream = info?.jetstream === true;
    const stream = hasJetStream ? await streamOf(connection, settings) : undefined;
    return { server, hasJetStream, stream };
  } finally {
    await connection.close();
  }
}

async function streamOf(
  connection: NatsConnection,
  settings: Settings,
): Promise<BrokerFacts['stream']> {
  try {
    const manager = await jetstreamManager(connection);
    const { config, state } = await manager.streams.info(settings.NATS_STREAM);
    const own = streamSubjects(settings);
    const isComplete = lackingSubjects(subjectsOf(config), own).length === 0;
    return { messages: state.messages, isComplete, unfit: unfitness(config, own) };
  } catch (thrown) {
    const isMissing =
      thrown instanceof JetStreamApiError && thrown.code === JetStreamApiCodes.StreamNotFound;
    if (isMissing) return undefined;
    throw thrown;
  }
}

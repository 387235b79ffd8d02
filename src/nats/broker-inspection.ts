import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import type { Settings } from '../config/settings.js';
import { connectOptions } from './connect-options.js';
import { inspectStream, type StreamInspection } from './stream-inspection.js';
import { streamSubjects } from './stream-subjects.js';

/** The state of the broker, read without changing it. */
export interface BrokerFacts {
  server: string;
  hasJetStream: boolean;
  /** Undefined if there is none yet; the service creates it. */
  stream: StreamInspection | undefined;
}

const TIMEOUT_MS = 5_000;

/** @throws the client's error if the broker cannot be reached or rejects the credentials */
export async function inspectBroker(settings: Settings): Promise<BrokerFacts> {
  const options = { ...connectOptions(settings), timeout: TIMEOUT_MS, reconnect: false };
  const connection = await connect(options);
  try {
    const { info } = connection;
    const server = `nats-server ${info?.version ?? ''} at ${connection.getServer()}`;
    if (info?.jetstream !== true) return { server, hasJetStream: false, stream: undefined };
    const manager = await jetstreamManager(connection);
    const stream = await inspectStream(manager, settings.NATS_STREAM, streamSubjects(settings));
    return { server, hasJetStream: true, stream };
  } finally {
    await connection.close();
  }
}

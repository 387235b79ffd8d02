import {
  JetStreamApiCodes,
  JetStreamApiError,
  type JetStreamManager,
  type StreamConfig,
  type StreamState,
} from '@nats-io/jetstream';
import { lackingSubjects, type StreamSubjects, subjectsOf, unfitness } from './stream-subjects.js';

/** A stream on the broker, and whether it can store the events of Kurs. */
export interface StreamInspection {
  config: StreamConfig;
  state: StreamState;
  /** Why it cannot; undefined if it can. */
  unfit: string | undefined;
  /** Subjects that it needs in addition to its own. */
  lacking: readonly string[];
}

/** Undefined if there is no stream of this name. */
export async function inspectStream(
  { streams }: JetStreamManager,
  name: string,
  own: StreamSubjects,
): Promise<StreamInspection | undefined> {
  try {
    const { config, state } = await streams.info(name);
    const unfit = unfitness(config, own);
    return { config, state, unfit, lacking: lackingSubjects(subjectsOf(config), own) };
  } catch (thrown) {
    if (isApiError(thrown, JetStreamApiCodes.StreamNotFound)) return undefined;
    throw thrown;
  }
}

export function isApiError(thrown: unknown, ...codes: number[]): boolean {
  return thrown instanceof JetStreamApiError && codes.includes(thrown.code);
}

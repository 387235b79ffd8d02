import type { StreamConfig } from '@nats-io/jetstream';
import { covers, overlaps } from '../common/nats-subject.js';
import { QUESTIONS } from '../config/own-subjects.js';
import type { Settings } from '../config/settings.js';
import { RATE_EVENTS } from '../events/rate-event.js';

/** What decides whether a stream can keep the events. One that mirrors another, or draws on others, has no subjects. */
export type StreamTerms = Partial<Pick<StreamConfig, 'subjects' | 'mirror' | 'no_ack' | 'sealed'>>;

export function subjectsOf({ subjects = [] }: StreamTerms): readonly string[] {
  return subjects;
}

/** The subjects of Kurs, as far as they concern its stream. */
export interface StreamSubjects {
  /** Every event. */
  events: string;
  /** Those of each kind of event. */
  kinds: readonly string[];
  /** What must not be kept: the stream would acknowledge a question before it is answered, and messages of others move its end. */
  foreign: readonly string[];
}

export function streamSubjects(settings: Settings): StreamSubjects {
  const { NATS_SUBJECT_PREFIX: prefix, NATS_MIRROR_SUBJECT: mirror } = settings;
  return {
    events: `${prefix}.events.>`,
    kinds: RATE_EVENTS.map((event) => `${prefix}.events.${event}.*`),
    foreign: [
      ...[...QUESTIONS, 'hints'].map((name) => `${prefix}.${name}`),
      ...(mirror === '' ? [] : [mirror]),
      // As clients make them; one token more where a client uses one inbox for all its questions.
      ...settings.NATS_REPLY_PREFIXES.split(',').flatMap((inbox) => [`${inbox}.*`, `${inbox}.*.*`]),
    ],
  };
}

/** The subjects that a stream lacks to keep every event; none where its own cover them, in whatever way. */
export function lackingSubjects(
  held: readonly string[],
  { events, kinds }: StreamSubjects,
): readonly string[] {
  const lacking = kinds.filter((kind) => !held.some((subject) => covers(subject, kind)));
  // A stream may not have two subjects that overlap.
  const isFree = !held.some((subject) => overlaps(subject, events));
  return isFree ? [events] : lacking;
}

/** Why a stream cannot keep the events; undefined where it can, with the subjects that it lacks. */
export function unfitness(
  { mirror, no_ack, sealed, ...stream }: StreamTerms,
  { events, foreign }: StreamSubjects,
): string | undefined {
  if (mirror) return 'it mirrors another stream, and takes no messages of its own';
  if (no_ack) return 'it acknowledges nothing (no_ack)';
  if (sealed) return 'it is sealed';
  for (const subject of subjectsOf(stream)) {
    const taken = foreign.find((each) => covers(subject, each));
    if (taken === undefined) continue;
    return `its subject "${subject}" also takes "${taken}", which is not an event: give it "${events}" instead`;
  }
  return undefined;
}

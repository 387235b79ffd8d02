import type { RevisionReason } from '../model/index.js';

/** Fields that only revisions have. They repeat a few combinations, so that each is kept once. */
export interface RevisionNote {
  reason: RevisionReason;
  /** As of this version; the currency may have another one since. */
  code: string;
  recorded_by: string | null;
  superseded_by: string | null;
}

/** SQL of a note. Names of API keys contain no line break; a code, which comes last, may. */
export const NOTE = [
  'reason',
  "COALESCE(recorded_by, '')",
  "COALESCE(superseded_by, '')",
  'code',
].join(" || '\n' || ");

export function noteOf(text: string): RevisionNote {
  const [reason = '', recordedBy = '', supersededBy = '', ...code] = text.split('\n');
  return {
    reason: reason as RevisionReason,
    code: code.join('\n'),
    recorded_by: recordedBy === '' ? null : recordedBy,
    superseded_by: supersededBy === '' ? null : supersededBy,
  };
}

/** The result of one check by `kurs doctor`. */
export interface Finding {
  subject: string;
  /** `note`: not a problem, but worth knowing. */
  state: 'ok' | 'note' | 'bad';
  text: string;
  /** What to do about it. */
  advice?: string | undefined;
}

/** One line, and a second one with the advice. */
export function findingLines({ subject, state, text, advice }: Finding): string {
  const line = `${state.padEnd(6)}${subject.padEnd(11)}${text}`;
  return advice === undefined ? line : `${line}\n${' '.repeat(17)}→ ${advice}`;
}

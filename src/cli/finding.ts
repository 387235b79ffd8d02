/** What the doctor found about one thing. */
export interface Finding {
  subject: string;
  /** `note`: nothing is wrong, but it is worth knowing. */
  state: 'ok' | 'note' | 'bad';
  text: string;
  /** What to do. */
  advice?: string | undefined;
}

/** One line, and a second one with what to do. */
export function findingLines({ subject, state, text, advice }: Finding): string {
  const line = `${state.padEnd(6)}${subject.padEnd(11)}${text}`;
  return advice === undefined ? line : `${line}\n${' '.repeat(17)}→ ${advice}`;
}

/** What a caught value says of itself, as one line: a `catch` may receive anything, and logs want one line. */
export function messageOf(thrown: unknown): string {
  const text =
    thrown instanceof AggregateError && thrown.message === ''
      ? thrown.errors.map(messageOf).join('; ')
      : thrown instanceof Error
        ? thrown.message || thrown.name
        : String(thrown);
  return text.replace(/\s+/g, ' ').trim();
}

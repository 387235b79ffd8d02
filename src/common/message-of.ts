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

/** The same, and what a driver or the system said of it, where the message does not tell that already. */
export function reasonOf(thrown: unknown): string {
  const message = messageOf(thrown);
  const cause = thrown instanceof Error ? thrown.cause : undefined;
  const reason = cause === undefined ? '' : messageOf(cause);
  return message.includes(reason) ? message : `${message}: ${reason}`;
}

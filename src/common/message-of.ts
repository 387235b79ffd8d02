/** Message of any caught value as a single line. */
export function messageOf(thrown: unknown): string {
  const text =
    thrown instanceof AggregateError && thrown.message === ''
      ? thrown.errors.map(messageOf).join('; ')
      : thrown instanceof Error
        ? thrown.message || thrown.name
        : String(thrown);
  return text.replace(/\s+/g, ' ').trim();
}

/** The same, followed by the cause's message if it adds something. */
export function reasonOf(thrown: unknown): string {
  const message = messageOf(thrown);
  const cause = thrown instanceof Error ? thrown.cause : undefined;
  const reason = cause === undefined ? '' : messageOf(cause);
  return message.includes(reason) ? message : `${message}: ${reason}`;
}

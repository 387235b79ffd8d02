/** What the stream lacks and will not get by itself, for the log: `sent` is where the relay goes on, `oldest` where the log begins. */
export function lackOfStream(sent: number, oldest: number, isNew: boolean): string | undefined {
  if (sent + 1 < oldest) {
    return `The stream lacks events ${sent + 1} to ${oldest - 1}, and the log has forgotten them`;
  }
  if (!isNew || sent === 0) return undefined;
  return (
    `The stream is new and lacks events 1 to ${sent}: ` +
    `kurs events:republish --since ${oldest - 1} --purge sends again what the log keeps`
  );
}

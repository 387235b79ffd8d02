/** Lets the browser draw, and answer the reader, between two parts of a long work. */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}

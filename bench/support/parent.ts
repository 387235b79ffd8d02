// How a program of a benchmark talks with the process that started it.

// A benchmark that fails leaves nothing on the core.
process.once('disconnect', () => process.exit());

/** Calls `handle` with every message of the parent. The program declares what it understands. */
export function onOrder(handle: (order: never) => void | Promise<void>): void {
  process.on('message', (order) => void handle(order as never));
}

export function tellParent(message: object): void {
  process.send?.(message);
}

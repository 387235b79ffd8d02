/** Writes one line of a command's result. */
export function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Writes one line about a failure, or a remark that must not mix with the result. */
export function printError(line: string): void {
  process.stderr.write(`${line}\n`);
}

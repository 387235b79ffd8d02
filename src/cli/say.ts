/** One line of what a command has to say. */
export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** One line of what is wrong, or of what is beside the output. */
export function warn(line: string): void {
  process.stderr.write(`${line}\n`);
}

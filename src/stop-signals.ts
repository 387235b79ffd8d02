import { isRunByNpx } from './config/environment.js';

/** A terminal sends Ctrl-C to npm and Kurs, and npm forwards it: the second signal may be a copy of the first. */
const SIGNALS_THAT_END_AT_ONCE = 3;
const PARENT_CHECK_MS = 500;

/** Calls `stop` with the reason at the first signal to end; a third signal exits at once. */
export function onStopSignal(stop: (reason: string) => void): void {
  let signals = 0;
  const count = (reason: string) => {
    signals += 1;
    if (signals === 1) stop(reason);
    if (signals === SIGNALS_THAT_END_AT_ONCE) process.exit(1);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => count(signal));
  if (isRunByNpx()) onParentExit(() => count('npx has ended'));
}

/** npx runs the command through a shell, which ends by the signal from npx without forwarding it. */
function onParentExit(report: () => void): void {
  const { ppid } = process;
  const check = setInterval(() => {
    if (process.ppid === ppid) return;
    clearInterval(check);
    report();
  }, PARENT_CHECK_MS).unref();
}

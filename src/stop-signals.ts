import { isRunByNpx } from './config/environment.js';

/** npm passes on the Ctrl-C that a terminal sends to both of them: the second signal may be the first one again. */
const SIGNALS_THAT_END_AT_ONCE = 3;
const PARENT_CHECK_MS = 500;

/** Calls `stop` with the reason when the process is first told to end; a third signal exits at once. */
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

/** A shell stands between npx and what it runs: it ends by the signal that npx passes on, and tells nobody. */
function onParentExit(report: () => void): void {
  const { ppid } = process;
  const check = setInterval(() => {
    if (process.ppid === ppid) return;
    clearInterval(check);
    report();
  }, PARENT_CHECK_MS).unref();
}

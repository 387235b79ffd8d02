// Preloaded into a service: tells its parent which of its functions ran between two messages.
import { type Profiler, Session } from 'node:inspector/promises';
import { onOrder, tellParent } from './parent.js';

/** A function of dist/ that ran. */
export interface RanFunction {
  file: string;
  functionName: string;
  calls: number;
}

const OURS = new URL('../../dist/', import.meta.url).href;
const session = new Session();
session.connect();
await session.post('Profiler.enable');

onOrder(async ({ startCoverage, takeCoverage }: Record<string, true | undefined>) => {
  if (startCoverage) {
    await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
    // Discards what ran so far.
    await session.post('Profiler.takePreciseCoverage');
    tellParent({ isStarted: true });
  }
  if (takeCoverage) {
    const { result } = await session.post('Profiler.takePreciseCoverage');
    await session.post('Profiler.stopPreciseCoverage');
    tellParent({ ran: result.flatMap(functionsThatRan) });
  }
});

function functionsThatRan({ url, functions }: Profiler.ScriptCoverage): RanFunction[] {
  if (!url.startsWith(OURS)) return [];
  const file = url.slice(OURS.length);
  return functions.flatMap(({ functionName, ranges: [whole] }) => {
    const calls = whole?.count ?? 0;
    return functionName !== '' && calls > 0 ? [{ file, functionName, calls }] : [];
  });
}

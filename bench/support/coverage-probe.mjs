// Preloaded into a service: tells its parent which of its functions ran between two messages.
import { Session } from 'node:inspector/promises';

const OURS = new URL('../../dist/', import.meta.url).href;
const session = new Session();
session.connect();
await session.post('Profiler.enable');

process.on('message', async ({ startCoverage, takeCoverage }) => {
  if (startCoverage) {
    await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
    // What ran so far is not wanted.
    await session.post('Profiler.takePreciseCoverage');
    process.send({ isStarted: true });
  }
  if (takeCoverage) {
    const { result } = await session.post('Profiler.takePreciseCoverage');
    await session.post('Profiler.stopPreciseCoverage');
    process.send({ ran: result.flatMap(functionsThatRan) });
  }
});

function functionsThatRan({ url, functions }) {
  if (!url.startsWith(OURS)) return [];
  const file = url.slice(OURS.length);
  return functions
    .filter(({ functionName, ranges: [whole] }) => functionName !== '' && whole.count > 0)
    .map(({ functionName, ranges: [whole] }) => ({ file, functionName, calls: whole.count }));
}

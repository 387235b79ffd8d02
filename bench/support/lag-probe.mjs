// Loaded into a process that is measured (`--import`): how late its event loop was since it was last asked.
import { monitorEventLoopDelay } from 'node:perf_hooks';

const lag = monitorEventLoopDelay({ resolution: 1 });
lag.enable();
process.on('message', ({ takeLag }) => {
  if (!takeLag) return;
  process.send({ p99: lag.percentile(99) / 1e6, max: lag.max / 1e6 });
  lag.reset();
});
// A bench that fails leaves nothing on the core.
process.once('disconnect', () => process.exit());

// Preloaded into a measured process: how late its event loop was since it was last asked.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { onOrder, tellParent } from './parent.js';

/** Milliseconds. */
export interface Lag {
  p99: number;
  max: number;
}

const delay = monitorEventLoopDelay({ resolution: 1 });
delay.enable();
onOrder(({ takeLag }: { takeLag?: true }) => {
  if (!takeLag) return;
  const lag: Lag = { p99: delay.percentile(99) / 1e6, max: delay.max / 1e6 };
  tellParent(lag);
  delay.reset();
});

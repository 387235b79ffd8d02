import type { Painter } from './page/paint-contract.js';

/**
 * The page's own module that paints it, compiled. It has a project of its own with the types of browsers
 * (page/tsconfig.json), so this project knows it by its contract alone.
 */
const MODULE = '../../dist/dashboard/page/paint.js';

export async function loadPainter(): Promise<Painter> {
  const { painter } = (await import(MODULE)) as { painter: Painter };
  return painter;
}

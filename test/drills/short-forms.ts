import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { drills } from './drills.js';
import { perform } from './perform.js';

const WITHIN_MS = 300_000;
/** Other tests share the machine: while a drill waits for a lease to run out, nobody needs a storm. */
const REST_MS = 25;

/** The short forms of these drills, as tests. */
export function describeDrills(...names: string[]): void {
  describe.each(names.map(drillOf))('the drill $name: $about', (drill) => {
    it.each(drill.shortEngines ?? drill.engines)(
      'keeps every promise on %s',
      async (engine) => {
        const { failures, results, logPath } = await perform(drill, engine, {
          ...drill.short,
          restMs: REST_MS,
        });
        expect(failures).toEqual([]);
        expect(results).not.toEqual([]);
        rmSync(dirname(logPath), { recursive: true });
      },
      WITHIN_MS,
    );
  });
}

function drillOf(name: string) {
  const drill = drills.find((each) => each.name === name);
  if (!drill) throw new Error(`There is no drill ${name}`);
  return drill;
}

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';

const FOLDER = 'test/dashboard/screenshots';
/** For what differed. */
const REPORTS = '.cache/screenshots';
/** Part of the pixels that may differ, besides the edges of letters: each machine smooths them its own way. */
const TOLERANCE = 0.002;
/** Environment variable that replaces the pictures. */
const UPDATE = 'UPDATE_SCREENSHOTS';

/** Differences between a picture and the kept one of that name; none if it is within the tolerance. */
export function compareScreenshot(name: string, picture: Buffer): string[] {
  const file = `${name.replaceAll(/\W+/g, '-')}.png`;
  const path = `${FOLDER}/${file}`;
  if (process.env[UPDATE] === '1') {
    writeFileSync(path, picture);
    return [];
  }
  if (!existsSync(path)) return [`${path} does not exist; ${UPDATE}=1 makes it`];
  const [kept, made] = [PNG.sync.read(readFileSync(path)), PNG.sync.read(picture)];
  const { width, height } = kept;
  if (made.width !== width || made.height !== height) {
    return [`${path} has ${width} × ${height} pixels, not ${made.width} × ${made.height}`];
  }
  const difference = new PNG({ width, height });
  const count = pixelmatch(kept.data, made.data, difference.data, width, height, {
    threshold: 0.1,
  });
  if (count <= TOLERANCE * width * height) return [];
  mkdirSync(REPORTS, { recursive: true });
  writeFileSync(`${REPORTS}/${file}`, picture);
  writeFileSync(`${REPORTS}/difference-${file}`, PNG.sync.write(difference));
  return [
    `${count} of ${width * height} pixels differ from ${path}: see ${REPORTS}/difference-${file}. ` +
      `If it is meant to look so, ${UPDATE}=1 replaces the picture.`,
  ];
}

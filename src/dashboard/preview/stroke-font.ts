/** A point in a glyph, 8 wide and 12 high, or on a picture. */
export type Point = readonly [number, number];

const HEIGHT = 12;
const SPACE = 3.4;
/** Corners cut so often are round on any picture. */
const CUTS = 4;

/**
 * Strokes of each glyph: `L` straight, `S` smooth, `O` smooth and closed. A picture has codes, figures and dates only,
 * so that no font has to be installed or shipped.
 */
const GLYPHS: Readonly<Record<string, string>> = {
  '0': 'O0,0 8,0 8,12 0,12',
  '1': 'L1,2.5 4,0 4,12',
  '2': 'S0,3 0,0 8,0 8,5 4,8 0,12|L0,12 8,12',
  '3': 'S0,2 1,0 8,0 8,5.6 3,5.6|S3,5.6 8.5,5.6 8.5,12 1,12 0,10',
  '4': 'L6,12 6,0 0,8.5 8,8.5',
  '5': 'L7,0 1,0 0.6,5.5|S0.6,5.5 3,4 8.5,4 8.5,12 1,12 0,10',
  '6': 'S7,0.5 3,0 0,4 0,8.2|O0,4.4 8,4.4 8,12 0,12',
  '7': 'L0,0 8,0 3,12',
  '8': 'O0.6,0 7.4,0 7.4,5.5 0.6,5.5|O0,5.5 8,5.5 8,12 0,12',
  '9': 'O0,0 8,0 8,7.6 0,7.6|S8,3.8 8,8 5,12 1,11.5',
  A: 'L0,12 4,0 8,12|L1.4,8 6.6,8',
  B: 'L0,0 0,12|S0,0 7.5,0 7.5,5.6 0,5.6|S0,5.6 8.5,5.6 8.5,12 0,12',
  C: 'S8,2.5 7,0 0,-0.5 0,12.5 7,12 8,9.5',
  D: 'L0,0 0,12|S0,0 8.5,0 8.5,12 0,12',
  E: 'L7.5,0 0,0 0,12 7.5,12|L0,6 6.5,6',
  F: 'L7.5,0 0,0 0,12|L0,6 6.5,6',
  G: 'S8,2.5 7,0 0,-0.5 0,12.5 8,12.5 8,7|L8,7 4.8,7',
  H: 'L0,0 0,12|L8,0 8,12|L0,6 8,6',
  I: 'L4,0 4,12',
  J: 'L7,0 7,8|S7,8 7,12.5 0,13 0,9',
  K: 'L0,0 0,12|L8,0 0,7|L2.6,4.8 8,12',
  L: 'L0,0 0,12 7.5,12',
  M: 'L0,12 0,0 4,7 8,0 8,12',
  N: 'L0,12 0,0 8,12 8,0',
  O: 'O0,0 8,0 8,12 0,12',
  P: 'L0,12 0,0|S0,0 8.5,0 8.5,6.6 0,6.6',
  Q: 'O0,0 8,0 8,12 0,12|L5,9 8.4,12.6',
  R: 'L0,12 0,0|S0,0 8.5,0 8.5,6.6 0,6.6|L4,6.5 8,12',
  S: 'S7.6,2.2 7,0 0,-0.6 0,6 8,5.6 8.2,12.6 0.8,12.2 0,9.8',
  T: 'L0,0 8,0|L4,0 4,12',
  U: 'L0,0 0,8|S0,8 0,13 8,13 8,8|L8,8 8,0',
  V: 'L0,0 4,12 8,0',
  W: 'L0,0 2,12 4,4 6,12 8,0',
  X: 'L0,0 8,12|L8,0 0,12',
  Y: 'L0,0 4,6.2 8,0|L4,6.2 4,12',
  Z: 'L0,0 8,0 0,12 8,12',
  '₽': 'L1.5,12 1.5,0|S1.5,0 8.6,0 8.6,6.6 1.5,6.6|L0,6.6 1.5,6.6|L0,9.2 5.6,9.2',
  '.': 'L0,12 0,12',
  ',': 'L0.4,11.8 0,13.4',
  '-': 'L1,6.5 7,6.5',
  '/': 'L0,13 5,-1',
  '=': 'L1,4.6 7,4.6|L1,8.4 7,8.4',
};
const WIDTHS: Readonly<Record<string, number>> = { '.': 1, ',': 1, ' ': 3.5, '/': 5 };

/** Strokes of a text whose first letter has its upper left corner at the origin; unknown characters are blank. */
export function strokesOf(text: string, height: number): Point[][] {
  const scale = height / HEIGHT;
  let left = 0;
  return [...text].flatMap((letter) => {
    const at = left;
    left += (WIDTHS[letter] ?? 8) + SPACE;
    return (GLYPHS[letter]?.split('|') ?? []).map((stroke) =>
      curve(stroke).map(([x, y]): Point => [(at + x) * scale, y * scale]),
    );
  });
}

/** Width of a text of that height. */
export function widthOf(text: string, height: number): number {
  const units = [...text].map((letter) => (WIDTHS[letter] ?? 8) + SPACE);
  return ((units.reduce((sum, each) => sum + each, 0) - SPACE) * height) / HEIGHT;
}

function curve(stroke: string): Point[] {
  const kind = stroke[0];
  const corners = stroke
    .slice(1)
    .split(' ')
    .map((pair): Point => {
      const [x = 0, y = 0] = pair.split(',').map(Number);
      return [x, y];
    });
  if (kind === 'L') return corners;
  let points = corners;
  for (let cut = 0; cut < CUTS; cut++) points = cutCorners(points, kind === 'O');
  const [first] = points;
  return kind === 'O' && first ? [...points, first] : points;
}

/** One step of Chaikin's algorithm; the ends of an open line stay. */
function cutCorners(points: readonly Point[], isClosed: boolean): Point[] {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last) return [];
  const pairs = points.map((point, at) => [point, points[at + 1] ?? first] as const);
  const between = (isClosed ? pairs : pairs.slice(0, -1)).flatMap(([one, other]): Point[] => [
    [0.75 * one[0] + 0.25 * other[0], 0.75 * one[1] + 0.25 * other[1]],
    [0.25 * one[0] + 0.75 * other[0], 0.25 * one[1] + 0.75 * other[1]],
  ]);
  return isClosed ? between : [first, ...between, last];
}

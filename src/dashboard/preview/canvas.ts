import { pngOf } from './png.js';
import type { Point } from './stroke-font.js';

export type Colour = readonly [number, number, number];

/** A picture in memory: round strokes on a plain ground. */
export class Canvas {
  private readonly pixels: Uint8Array;

  constructor(
    readonly width: number,
    readonly height: number,
    ground: Colour,
  ) {
    this.pixels = new Uint8Array(width * height * 3);
    for (let at = 0; at < this.pixels.length; at += 3) this.pixels.set(ground, at);
  }

  /** Draws lines through points with a round pen, smoothed at their edges. `corner`: where the origin is. */
  draw(strokes: readonly (readonly Point[])[], pen: number, colour: Colour, corner: Point): void {
    // Parts that overlap are covered once, so that joints are not darker.
    const cover = new Map<number, number>();
    for (const stroke of strokes) {
      const points = stroke.map(([x, y]): Point => [x + corner[0], y + corner[1]]);
      points.forEach((point, at) => {
        this.cover(cover, pen / 2, [point, points[at + 1] ?? point]);
      });
    }
    for (const [pixel, share] of cover) {
      colour.forEach((value, channel) => {
        const at = pixel * 3 + channel;
        const ground = this.pixels[at] ?? 0;
        this.pixels[at] = Math.round(ground + (value - ground) * share);
      });
    }
  }

  png(): Buffer {
    return pngOf(this.pixels, this.width, this.height);
  }

  private cover(
    cover: Map<number, number>,
    radius: number,
    [from, to]: readonly [Point, Point],
  ): void {
    const reach = radius + 1;
    const edge = (value: number, most: number) => Math.min(most, Math.max(0, Math.round(value)));
    const left = edge(Math.min(from[0], to[0]) - reach, this.width);
    const right = edge(Math.max(from[0], to[0]) + reach, this.width);
    const top = edge(Math.min(from[1], to[1]) - reach, this.height);
    const bottom = edge(Math.max(from[1], to[1]) + reach, this.height);
    for (let y = top; y < bottom; y++) {
      for (let x = left; x < right; x++) {
        const share = Math.min(1, radius + 0.5 - distance([x + 0.5, y + 0.5], from, to));
        const pixel = y * this.width + x;
        if (share > (cover.get(pixel) ?? 0)) cover.set(pixel, share);
      }
    }
  }
}

/** From a point to a line between two points. */
function distance(point: Point, from: Point, to: Point): number {
  const [across, down] = [to[0] - from[0], to[1] - from[1]];
  const length = across * across + down * down;
  const along =
    length === 0 ? 0 : ((point[0] - from[0]) * across + (point[1] - from[1]) * down) / length;
  const share = Math.min(1, Math.max(0, along));
  return Math.hypot(point[0] - from[0] - share * across, point[1] - from[1] - share * down);
}

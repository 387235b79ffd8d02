import type { Preview } from '../page/paint-contract.js';
import { Canvas, type Colour } from './canvas.js';
import { strokesOf, widthOf } from './stroke-font.js';

/** The size that previews of links are made for. */
const [WIDTH, HEIGHT] = [1200, 630];
const MARGIN = 90;
const LINE_HEIGHT = 96;
/** Colours of the page (page/tokens.css). */
const PAPER: Colour = [250, 248, 244];
const INK: Colour = [29, 28, 26];
const FAINT: Colour = [109, 105, 97];
const ACCENT: Colour = [31, 78, 95];

/** Picture of a page for previews of its links: its figures, as large as they fit, and their date. */
export function previewPicture({ lines, note }: Preview): Buffer {
  const canvas = new Canvas(WIDTH, HEIGHT, PAPER);
  const write = (text: string, height: number, colour: Colour, top: number) => {
    canvas.draw(strokesOf(text, height), height / 9, colour, [MARGIN, top]);
  };
  write('KURS', 34, ACCENT, MARGIN - 20);
  const widest = Math.max(1, ...lines.map((line) => widthOf(line, 1)));
  const height = Math.min(LINE_HEIGHT, (WIDTH - 2 * MARGIN) / widest, 330 / lines.length / 1.5);
  const block = height * (1.5 * lines.length - 0.5);
  const top = (HEIGHT - block) / 2 + 5;
  lines.forEach((line, at) => {
    write(line, height, INK, top + at * 1.5 * height);
  });
  write(note, 30, FAINT, HEIGHT - MARGIN - 8);
  return canvas.png();
}

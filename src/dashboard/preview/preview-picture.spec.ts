import { inflateSync } from 'node:zlib';
import { previewPicture } from './preview-picture.js';

/** Rows of a picture: red, green and blue bytes. */
function rowsOf(png: Buffer): Buffer[] {
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
  const at = png.indexOf('IDAT');
  const data = inflateSync(png.subarray(at + 4, at + 4 + png.readUInt32BE(at - 4)));
  return Array.from({ length: height }, (_, row) => {
    const start = row * (width * 3 + 1);
    expect(data[start]).toBe(0);
    return data.subarray(start + 1, start + 1 + width * 3);
  });
}

describe('the picture of a page', () => {
  it('is a PNG of 1200 × 630, with the figures inside its margins', () => {
    const png = previewPicture({ lines: ['USD', '80.2491 ₽'], note: '2026-11-28' });
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1200, 630]);
    const rows = rowsOf(png);
    const isInked = (row: Buffer) => row.some((value, at) => at % 3 === 0 && value < 100);
    expect(isInked(rows[0] ?? Buffer.alloc(0))).toBe(false);
    expect(rows.slice(200, 430).filter(isInked).length).toBeGreaterThan(100);
    const columns = rows.flatMap((row) => [...row.subarray(0, 60 * 3), ...row.subarray(1140 * 3)]);
    expect(Math.min(...new Set(columns))).toBeGreaterThan(200);
  });

  it('fits long figures, and leaves out what it has no letters for', () => {
    const long = previewPicture({ lines: ['1000000 USD =', '123456789.123456 EUR'], note: '' });
    expect(rowsOf(long)).toHaveLength(630);
    expect(previewPicture({ lines: ['ЯЖ'], note: '' })).toEqual(
      previewPicture({ lines: ['ЁЮ'], note: '' }),
    );
  });
});

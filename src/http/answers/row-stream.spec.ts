import { allRows, oneRow } from './row-stream.js';
import { RowWriter } from '../../common/row-writer.js';

const writer = new RowWriter<{ name: string }>({ name: 'text' });

describe('a short answer', () => {
  /** One, two and three bytes per UTF-16 unit, around the size of the encoding buffer. */
  const sizes = [0, 349_000, 349_524, 349_525, 349_526, 524_288, 1_048_576, 1_200_000];

  it.each(['x', 'ж', '€'])('has every byte of its text, for any number of %s', (character) => {
    for (const length of sizes) {
      const row = { name: character.repeat(length) };
      expect(oneRow('json', writer, row).bytes.equals(Buffer.from(JSON.stringify(row)))).toBe(true);
    }
  });

  it('is not changed by the next one', () => {
    const first = allRows('csv', writer, [{ name: 'one' }]);
    allRows('csv', writer, [{ name: 'two' }]);
    expect(first.bytes.toString()).toBe('name\r\none\r\n');
    expect(first.type).toBe('text/csv; charset=utf-8');
  });
});

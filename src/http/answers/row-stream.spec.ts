import { allRows, oneRow } from './row-stream.js';
import { RowWriter } from '../../common/row-writer.js';

const writer = new RowWriter<{ name: string }>({ name: 'text' });

describe('an answer that is made at once', () => {
  /** One, two and three bytes for each unit of UTF-16, around what fits where they are encoded. */
  const sizes = [0, 349_000, 349_524, 349_525, 349_526, 524_288, 1_048_576, 1_200_000];

  it.each(['x', 'ж', '€'])('has every byte of its text, of %s however many', (character) => {
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

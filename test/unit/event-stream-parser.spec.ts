import fc from 'fast-check';
import { type Block, EventStreamParser } from '../../clients/js/src/event-stream-parser.js';

function parsed(...chunks: string[]): Block[] {
  const blocks: Block[] = [];
  const parser = new EventStreamParser((block) => blocks.push(block));
  for (const chunk of chunks) parser.push(chunk);
  return blocks;
}

describe('the parser of server-sent events', () => {
  const TEXT =
    '\uFEFFretry: 2000\n\nid: log:1\ndata: {"name":"Доллар"}\n\n: a comment\r\n\r\nid: log:2\r\ndata:a\rdata\rdata:  b: c\r\rid: log:3\n\n';
  const BLOCKS = [
    { retry: 2000 },
    { id: 'log:1', data: '{"name":"Доллар"}' },
    { id: 'log:2', data: 'a\n\n b: c' },
    { id: 'log:3' },
  ];

  it('reads fields, comments, and every way to end a line', () => {
    expect(parsed(TEXT)).toEqual(BLOCKS);
  });

  it('reads the same however the text was cut', () => {
    const cuts = fc.uniqueArray(fc.nat(TEXT.length), { maxLength: 20 });
    fc.assert(
      fc.property(cuts, (places) => {
        const ends = [...places.sort((a, b) => a - b), TEXT.length];
        const chunks = ends.map((end, index) => TEXT.slice(ends[index - 1] ?? 0, end));
        expect(parsed(...chunks)).toEqual(BLOCKS);
      }),
    );
    expect(parsed(...TEXT)).toEqual(BLOCKS);
  });

  it('gives no block that has not ended', () => {
    expect(parsed('data: half\n')).toEqual([]);
    expect(parsed('data: half\n', '\n')).toEqual([{ data: 'half' }]);
  });

  it('leaves out what the standard tells to leave out', () => {
    expect(parsed('retry: soon\nid: a\0b\nevent: x\nfoo: bar\n\n')).toEqual([]);
  });
});

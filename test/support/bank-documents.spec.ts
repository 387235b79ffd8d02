import { createHash } from 'node:crypto';
import { bankDocuments } from './bank-documents.js';

const sha256 = (...parts: Buffer[]) =>
  createHash('sha256').update(Buffer.concat(parts)).digest('hex');

describe.each(bankDocuments)('documents of the bank, $edition', (documents) => {
  it('are the bytes that the bank served in 2026', () => {
    expect(sha256(documents.sheet('2026-04-25'))).toBe(
      'ef813c0446d6441406184f5d854d6fe56f3a10fa9232bf4821fa47162e60a2a6',
    );
    const series = [...documents.seriesIds].sort().map((id) => documents.series(id));
    expect(sha256(...series)).toBe(
      '2dc3f58c7bb69af8970f9efd16ff848d036c26dc694e0657f1bc26247c23b318',
    );
  });
});

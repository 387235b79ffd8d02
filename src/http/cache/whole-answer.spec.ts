import { WholeAnswer } from './whole-answer.js';

describe('a complete answer', () => {
  it('keeps only the memory of its own bytes, plain and compressed', async () => {
    const body = Buffer.from('{"code":"USD"}'.repeat(100));
    const answer = new WholeAnswer({ head: [], body, route: '/v1/rates' }, () => 'no-cache');
    await answer.compress();
    for (const encoding of ['identity', 'gzip']) {
      const request = { method: 'GET', headers: { 'accept-encoding': encoding } };
      const { body: sent } = answer.answerTo(request as never);
      expect(sent?.buffer.byteLength).toBe(sent?.length);
    }
  });
});

import { LogPlace } from '../../clients/js/src/log-place.js';

describe('the place in the log', () => {
  const LOG = '4f1d0a52-5f5e-4a68-9df2-1a3d1f0f5c11';
  const at = (seq: number) => new LogPlace({ log_id: LOG, seq });

  it('moves with events, one after the other', () => {
    const place = at(5);
    expect([6, 7, 8].map((seq) => place.advance(seq, false))).toEqual(['next', 'next', 'next']);
    expect(place.position).toEqual({ log_id: LOG, seq: 8 });
  });

  it('knows what it has seen', () => {
    const place = at(5);
    expect([4, 5].map((seq) => place.advance(seq, false))).toEqual(['seen', 'seen']);
    expect(place.position?.seq).toBe(5);
  });

  it('lets no hole through, and stays before it', () => {
    const place = at(5);
    expect(place.advance(7, false)).toBe('hole');
    expect(place.advance(6, false)).toBe('next');
  });

  it('cannot see holes where only some codes are wanted', () => {
    const place = at(5);
    expect(place.advance(9, true)).toBe('next');
    expect(place.advance(9, true)).toBe('seen');
  });

  it('believes the service that it has told everything wanted', () => {
    const place = at(5);
    expect(place.confirm({ log_id: LOG, seq: 9 }, true)).toBe('next');
    expect(place.position?.seq).toBe(9);
    expect(place.confirm({ log_id: LOG, seq: 0 }, true)).toBe('seen');
    expect(place.position?.seq).toBe(9);
  });

  it('does not believe that where all was wanted and some did not come, or of another log', () => {
    const other = { log_id: LOG.replace('4', '5'), seq: 5 };
    expect(at(5).confirm({ log_id: LOG, seq: 6 }, false)).toBe('hole');
    expect(at(5).confirm({ log_id: LOG, seq: 5 }, false)).toBe('seen');
    expect(at(5).confirm(other, true)).toBe('hole');
  });

  it('takes nothing before the snapshot', () => {
    const place = at(5);
    place.forget();
    expect(place.position).toBeNull();
    expect(place.advance(6, true)).toBe('hole');
    place.begin({ log_id: LOG, seq: 2 });
    expect(place.advance(3, false)).toBe('next');
  });

  it.each([{ log_id: LOG, seq: 1.5 }, { log_id: LOG, seq: -1 }, { seq: 1 }, 'log:1'])(
    'refuses what is no position: %j',
    (position) => {
      expect(() => new LogPlace(position as { log_id: string; seq: number })).toThrow(TypeError);
    },
  );
});

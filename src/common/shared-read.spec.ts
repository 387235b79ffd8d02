import { SharedRead } from './shared-read.js';

describe('SharedRead', () => {
  const held = () => {
    const releases: (() => void)[] = [];
    let reads = 0;
    const shared = new SharedRead(async () => {
      const number = ++reads;
      await new Promise<void>((resolve) => releases.push(resolve));
      return number;
    });
    const release = async () => {
      while (releases.length === 0) await Promise.resolve();
      releases.shift()?.();
    };
    return { shared, release };
  };

  it('answers all who ask while a read runs by one read that begins after it', async () => {
    const { shared, release } = held();
    const first = shared.fresh();
    for (let turn = 0; turn < 5; turn++) await Promise.resolve();
    const others = [shared.fresh(), shared.fresh(), shared.fresh()];
    await release();
    expect(await first).toBe(1);
    await release();
    expect(await Promise.all(others)).toEqual([2, 2, 2]);
  });

  it('starts a new read if none is running', async () => {
    let reads = 0;
    const shared = new SharedRead(() => Promise.resolve(++reads));
    expect([await shared.fresh(), await shared.fresh()]).toEqual([1, 2]);
  });

  it('tells a failure to those who asked for that read, and goes on', async () => {
    let isDown = true;
    const shared = new SharedRead(() =>
      isDown ? Promise.reject(new Error('down')) : Promise.resolve('up'),
    );
    await expect(shared.fresh()).rejects.toThrow('down');
    isDown = false;
    expect(await shared.fresh()).toBe('up');
  });
});

import type { Browser } from 'playwright-core';
import { type Habits, launchChromium, Visitor } from './visitor.js';

interface Service {
  url: string;
  stop(): Promise<void>;
}

/**
 * Starts a service and a browser for the tests of a `describe`. After each test its visitors leave, and none of them
 * may have anything to complain of.
 */
export function withVisitors(start: () => Promise<Service>) {
  let service: Service;
  let browser: Browser;
  const present: Visitor[] = [];

  beforeAll(async () => {
    [service, browser] = await Promise.all([start(), launchChromium()]);
  }, 300_000);

  afterEach(async () => {
    for (const visitor of present.splice(0)) {
      await visitor.leave();
      expect(visitor.complaints).toEqual([]);
    }
  });

  afterAll(async () => {
    await browser.close();
    await service.stop();
  });

  return {
    get url(): string {
      return service.url;
    },

    async arrive(habits: Habits = {}): Promise<Visitor> {
      const visitor = await Visitor.arrive(browser, this.url, habits);
      present.push(visitor);
      return visitor;
    },
  };
}

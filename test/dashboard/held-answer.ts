import type { Page, Route } from 'playwright-core';

/** Holds the next answer to a question of the page back. Resolves when the service has given it, to what lets it on. */
export function heldAnswer(page: Page, question: string): Promise<() => Promise<void>> {
  return new Promise((resolve, reject) => {
    const hold = async (route: Route) => {
      const response = await route.fetch();
      resolve(() => route.fulfill({ response }));
    };
    page.route(question, (route) => hold(route).catch(reject), { times: 1 }).catch(reject);
  });
}

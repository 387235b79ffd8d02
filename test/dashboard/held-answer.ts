import type { Page, Route } from 'playwright-core';

/** Holds the next answer to a question of the page back. Resolves when the service has given it, to what lets it on. */
export function heldAnswer(page: Page, question: string): Promise<() => Promise<void>> {
  return new Promise((isHeld, fail) => {
    const hold = async (route: Route) => {
      const response = await route.fetch();
      isHeld(() => route.fulfill({ response }));
    };
    page.route(question, hold, { times: 1 }).catch(fail);
  });
}

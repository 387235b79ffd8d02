// Not a module: browsers start it by itself, and keep it between visits. `npm run build` writes the two constants.
declare const BUILD: string;
declare const FILES: readonly string[];

/**
 * Service worker: keeps the files of one build of the page, and opens the page without the service. Requests of the
 * API are none of its business: what the page shows then is what its own script has kept, with the time.
 */
{
  /** The types of workers contradict those of documents. */
  interface Lasting extends Event {
    waitUntil: (work: Promise<unknown>) => void;
  }
  interface Asked extends Event {
    readonly request: Request;
    respondWith: (answer: Promise<Response>) => void;
  }
  const { scope } = (globalThis as unknown as { registration: { scope: string } }).registration;
  const own = `${scope}page/${BUILD}/`;
  const family = `kurs page ${scope} `;
  const shelf = family + BUILD;
  /** Addresses of the page, below the service's (page-addresses.ts). */
  const isPage = /^(?:[A-Z0-9]{2,12}(?:\/[A-Z0-9]{2,12})?|on\/[^/]*|convert\/.*)?$/;
  /** What a proxy says for a service that does not answer. */
  const isAway = ({ status }: Response) => status >= 502 && status <= 504;

  const open = async (request: Request): Promise<Response> => {
    const answer = await fetch(request).catch(() => undefined);
    if (answer && !isAway(answer)) return answer;
    const kept = await caches.match(`${own}offline.html`);
    if (!kept) return answer ?? Response.error();
    const text = (await kept.text()).replaceAll('="page/', `="${own}`);
    const headers = new Headers({ 'Content-Type': 'text/html; charset=utf-8' });
    const policy = 'Content-Security-Policy';
    headers.set(policy, kept.headers.get(policy) ?? "default-src 'none'");
    return new Response(text, { headers });
  };

  addEventListener('install', (event) => {
    const keep = async () => (await caches.open(shelf)).addAll(FILES.map((name) => own + name));
    (event as Lasting).waitUntil(keep());
  });

  // No page of an earlier build is open by then.
  addEventListener('activate', (event) => {
    const tidy = async () => {
      const others = (await caches.keys()).filter(
        (name) => name.startsWith(family) && name !== shelf,
      );
      await Promise.all(others.map((name) => caches.delete(name)));
    };
    (event as Lasting).waitUntil(tidy());
  });

  addEventListener('fetch', (event) => {
    const { request, respondWith } = event as unknown as Asked;
    const answer = (response: Promise<Response>) => respondWith.call(event, response);
    const { href, pathname } = new URL(request.url);
    if (href.startsWith(own)) {
      answer(caches.match(request).then((kept) => kept ?? fetch(request)));
    } else if (request.mode === 'navigate' && request.method === 'GET') {
      const path = pathname.slice(new URL(scope).pathname.length);
      if (isPage.test(path)) answer(open(request));
    }
  });
}

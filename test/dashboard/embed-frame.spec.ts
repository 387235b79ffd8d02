import { withOtherSites } from './with-other-sites.js';

describe('rates on the page of another site', () => {
  const sites = withOtherSites();
  const { shop, stranger, iframe, inFrame, change } = sites;

  it('are shown in a frame by a site of EMBED_ORIGINS, and change by themselves', async () => {
    const { page } = sites;
    shop.html = iframe('USD,EUR?theme=dark');
    await change('81,2500');
    await page.goto(shop.origin);
    await inFrame().getByText('81,2500 ₽').waitFor();
    await change('82,7500');
    await inFrame().getByText('82,7500 ₽').waitFor();
    const ground = await page
      .frames()[1]
      ?.evaluate<string>(`getComputedStyle(document.querySelector('kurs-rates')).backgroundColor`);
    expect(ground).toBe('rgb(23, 28, 30)');
  });

  it('are in the frame before any script has run, in Russian unless told otherwise', async () => {
    const page = await sites.reopenPage({ locale: 'en-US', javaScriptEnabled: false });
    await change('83,5000');
    shop.html = iframe('USD');
    await page.goto(shop.origin);
    await page.frameLocator('iframe').getByText('83,5000 ₽').waitFor();
  });

  it.each(['ru', 'en'])('are drawn by the service as by the script (%s)', async (lang) => {
    const { page } = sites;
    const address = `${sites.url}/embed/EUR,USD,XYZ?lang=${lang}`;
    await change('83,7500');
    await page.goto(address);
    await change('83,2500');
    await page.getByText(/^83.2500 ₽$/).waitFor();
    const html = JSON.stringify(await (await fetch(address)).text());
    const [drawn, painted] = await page.evaluate<string[]>(`(() => {
      const policy = trustedTypes.createPolicy('test', { createHTML: (text) => text });
      const painted = new DOMParser().parseFromString(policy.createHTML(${html}), 'text/html');
      const copy = painted.querySelector('template');
      return [document.querySelector('kurs-rates').shadowRoot, copy.content].map((root) =>
        [...root.children].filter(({ localName }) => localName !== 'link')
          .map(({ outerHTML }) => outerHTML).join(''));
    })()`);
    expect(drawn).toMatch(/[▲▼] \d+.\d{4} %/);
    expect(painted).toBe(drawn);
  });

  it('are not shown in a frame by any other site', async () => {
    const { page } = sites;
    stranger.html = iframe('USD');
    const blocked = page.waitForEvent('console', {
      predicate: (message) => message.text().includes('frame-ancestors'),
    });
    await page.goto(stranger.origin);
    await blocked;
    expect(await page.frameLocator('iframe').locator('kurs-rates').count()).toBe(0);
  });
});

import { useRunFolder } from '../support/run-folder.js';
import { startFurnishedKurs } from './furnished-kurs.js';
import { launchChromium, Visitor } from './visitor.js';

/**
 * `npm run screenshot` regenerates docs/dashboard.png. The result is the same at any time, because its rates are made
 * up.
 */
const PATH = 'docs/dashboard.png';

process.once('exit', useRunFolder());
const [kurs, browser] = await Promise.all([startFurnishedKurs(), launchChromium()]);
const visitor = await Visitor.arrive(browser, kurs.url, { locale: 'en-US' });
await visitor.open();
await visitor.sees('.live', 'Live');
await visitor.page.locator('tbody svg').first().waitFor();
await visitor.sees('.result', 'RUB');
await visitor.page.screenshot({ path: PATH });
await browser.close();
await kurs.stop();
process.stdout.write(`${PATH} is written\n`);

import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';

/** Subsets that the page needs; `latin-ext` has the sign of the rouble. */
const SUBSETS = ['cyrillic', 'latin-ext', 'latin'];
const WEIGHTS = ['400', '700'];
const FAMILIES = { sans: 'PT Sans', serif: 'PT Serif' };

function facesOf(family: string) {
  const folder = family.toLowerCase().replace(' ', '-');
  return SUBSETS.flatMap((subset) =>
    WEIGHTS.map((weight) => {
      const path = `node_modules/@fontsource/${folder}/files/${folder}-${subset}-${weight}-normal.woff2`;
      return { family, weight, bytes: readFileSync(path, 'base64') };
    }),
  );
}

/** The same typefaces on every machine, for a page that is opened afterwards. */
export async function fontsForTests(page: Page): Promise<void> {
  const faces = Object.values(FAMILIES).flatMap(facesOf);
  await page.addInitScript(`for (const { family, weight, bytes } of ${JSON.stringify(faces)}) {
    const face = new FontFace(family, Uint8Array.from(atob(bytes), (byte) => byte.charCodeAt(0)), { weight });
    document.fonts.add(face);
    void face.load();
  }`);
  const { sans, serif } = FAMILIES;
  await page.route('**/*.css', async (route) => {
    const response = await route.fetch();
    const body = `${await response.text()}\n:root { --sans: '${sans}'; --serif: '${serif}'; }`;
    await route.fulfill({ response, body });
  });
}

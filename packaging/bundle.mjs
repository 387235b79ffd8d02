import { readFileSync, writeFileSync } from 'node:fs';

/**
 * Bundles @nestjs/swagger into the package that `npm pack` makes, with swagger-ui-dist and without @scarf/scarf,
 * whose install script reports every installation to its vendor: npm ignores the `overrides` of a dependency,
 * which keep it out of a clone. Peers are not bundled.
 *
 * The field is written for the time of packing alone: with it in the clone's package.json `npm ci` resolves all
 * peers anew, warns about them, and takes minutes.
 */
const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
if (process.argv.includes('--undo')) delete manifest.bundleDependencies;
else manifest.bundleDependencies = ['@nestjs/swagger'];
writeFileSync('package.json', `${JSON.stringify(manifest, null, 2)}\n`);

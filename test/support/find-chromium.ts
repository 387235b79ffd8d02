import { findProgram } from './find-program.ts';

/**
 * The path of a real Chromium: CHROMIUM_BIN, the PATH (Chrome is one as well), apt-get where it needs no
 * password; else an error that says how to get one.
 */
export function findChromium(): string {
  return findProgram({
    variable: 'CHROMIUM_BIN',
    names: ['chromium', 'chromium-browser', 'google-chrome', 'Chromium', 'Google Chrome'],
    alsoLookIn: [
      '/usr/local/bin',
      '/Applications/Chromium.app/Contents/MacOS',
      '/Applications/Google Chrome.app/Contents/MacOS',
    ],
    aptPackage: 'chromium',
    howToGetOne:
      'The tests of the page and of the JavaScript client need a real Chromium and found none. Install it (Debian: apt-get ' +
      'install chromium; macOS: brew install --cask chromium), or set CHROMIUM_BIN to the path of a ' +
      'Chromium or Chrome.',
  });
}

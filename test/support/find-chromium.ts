import { findProgram } from './find-program.ts';

/**
 * Path of a real Chromium: from CHROMIUM_BIN, PATH (Chrome also works) or apt-get without password; otherwise throws
 * an error with instructions.
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
    aptPackages: ['chromium'],
    howToGetOne:
      'The tests of the page and of the JavaScript client need a real Chromium and found none. Install it (Debian: apt-get ' +
      'install chromium; macOS: brew install --cask chromium), or set CHROMIUM_BIN to the path of a ' +
      'Chromium or Chrome.',
  });
}

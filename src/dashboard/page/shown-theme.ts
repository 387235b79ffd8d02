import type { Page } from './page.js';
import type { Settings } from './service/settings.js';

/** Shows the page in the theme of its reader, and light on paper: charts are images, which take their colours then. */
export function followTheme(settings: Settings, page: () => Page): void {
  // theme.js does the same before the first paint.
  const show = () => {
    const { theme } = settings;
    if (theme === 'auto') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
    page().showTheme();
  };
  settings.addEventListener('change', (event) => {
    if ((event as CustomEvent<{ name: string }>).detail.name === 'theme') show();
  });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => page().showTheme());
  addEventListener('beforeprint', () => {
    document.documentElement.dataset.theme = 'light';
    page().showPaper(location.href);
  });
  addEventListener('afterprint', show);
}

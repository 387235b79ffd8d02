import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sidebarOf } from './contents.mjs';
import { githubSlug } from './github-slug.mjs';

const docs = fileURLToPath(new URL('..', import.meta.url));
const root = join(docs, '..');
const { repository } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
/** Until package.json names one. */
const PLACEHOLDER = 'https://github.com/kurs-rates/kurs';
const address = (repository?.url ?? PLACEHOLDER).replace(/^git\+/, '').replace(/\.git$/, '');

/** Files that are not pages of the site are linked in the repository. */
function linkFilesToRepository(md) {
  md.core.ruler.push('repository-links', ({ tokens, env }) => {
    const page = env.path ?? '';
    for (const { children } of tokens) {
      for (const token of children ?? []) {
        const href = token.type === 'link_open' ? (token.attrGet('href') ?? '') : '';
        if (href === '' || /^(?:[a-z]+:|#|\/)/.test(href)) continue;
        const [path, anchor] = href.split('#');
        const target = join(dirname(page), path);
        if (target.startsWith(docs) && /\.(?:md|png)$/.test(path)) continue;
        const inRepository = `${address}/blob/main/${relative(root, target)}`;
        token.attrSet('href', anchor ? `${inRepository}#${anchor}` : inRepository);
      }
    }
  });
}

const nav = ([guides, reference, operations]) => [
  { text: guides[0], link: guides[1] },
  { text: reference[0], link: reference[1] },
  { text: operations[0], link: operations[1] },
];

export default {
  title: 'Kurs',
  description: 'Official exchange rates of the Bank of Russia, exactly as published',
  srcDir: '.',
  srcExclude: ['node_modules/**'],
  rewrites: (path) => path.replace(/README\.md$/, 'index.md'),
  // A page that is missing fails the build. localhost is the reader's own service.
  ignoreDeadLinks: 'localhostLinks',
  markdown: {
    anchor: { slugify: githubSlug },
    config: linkFilesToRepository,
  },
  themeConfig: {
    search: { provider: 'local' },
    outline: [2, 3],
    socialLinks: [{ icon: 'github', link: address }],
  },
  locales: {
    root: {
      label: 'English',
      lang: 'en',
      themeConfig: {
        nav: nav([
          ['Guides', '/guides/rest'],
          ['Reference', '/reference/http'],
          ['Operations', '/operations/install'],
        ]),
        sidebar: sidebarOf(join(docs, 'README.md'), '/'),
      },
    },
    ru: {
      label: 'Русский',
      lang: 'ru',
      themeConfig: {
        nav: nav([
          ['Руководства', '/ru/guides/rest'],
          ['Справочник', '/ru/reference/http'],
          ['Эксплуатация', '/ru/operations/install'],
        ]),
        sidebar: sidebarOf(join(docs, 'ru/README.md'), '/ru/'),
        outline: { level: [2, 3], label: 'На этой странице' },
        docFooter: { prev: 'Назад', next: 'Дальше' },
      },
    },
  },
};

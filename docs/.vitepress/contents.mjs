import { readFileSync } from 'node:fs';

const SECTION = /^## (.+)$/;
const PAGE = /^- \[(.+?)\]\((.+?\.md)\)/;

/** Sidebar of a language, from the list in its contents page. */
export function sidebarOf(contents, base) {
  const sections = [];
  for (const line of readFileSync(contents, 'utf8').split('\n')) {
    const [, section] = SECTION.exec(line) ?? [];
    if (section) sections.push({ text: section, collapsed: sections.length > 2, items: [] });
    const [, text, path] = PAGE.exec(line) ?? [];
    if (!path || path.startsWith('../')) continue;
    sections.at(-1)?.items.push({ text, link: base + path.replace(/\.md$/, '') });
  }
  return sections.filter(({ items }) => items.length > 0);
}

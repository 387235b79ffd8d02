import { githubSlug } from '../../docs/.vitepress/github-slug.mjs';

const FENCE = /^( *)```[\s\S]*?^ *```$/gm;

/** Text of a document without its code blocks, which hold no links and no headings. */
export function prose(text: string): string {
  return text.replace(FENCE, '');
}

/** Addresses of links and images, in the order of the text. */
export function linksIn(text: string): string[] {
  const withoutCode = prose(text).replace(/`[^`\n]*`/g, '');
  return [...withoutCode.matchAll(/\]\(<?([^)\s>]+)>?\)/g)].map(([, address = '']) => address);
}

/** Anchors of the headings, repeated ones numbered as GitHub does. */
export function anchorsIn(text: string): Set<string> {
  const seen = new Map<string, number>();
  const headings = prose(text).matchAll(/^#{1,6} (.+)$/gm);
  return new Set(
    [...headings].map(([, heading = '']) => {
      const plain = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/[`*\\]/g, '');
      const slug = githubSlug(plain);
      const count = seen.get(slug) ?? 0;
      seen.set(slug, count + 1);
      return count === 0 ? slug : `${slug}-${count}`;
    }),
  );
}

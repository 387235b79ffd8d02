/** Anchor of a heading as GitHub makes it, so that the same links work there and on the site. */
export function githubSlug(heading: string): string;

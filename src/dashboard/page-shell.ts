import { readFileSync } from 'node:fs';
import { escaped } from './page/elements/escaped.js';
import type { Painted } from './page/paint-contract.js';

/** What the shell needs to know beside the painted page. */
interface Frame {
  language: 'ru' | 'en';
  /** Relative address of the service. */
  root: string;
  /** Its public address, with a slash at the end. */
  base: string;
  isDemo: boolean;
  isEmbeddable: boolean;
  /** Data of the page: this version, or what came while it was painted. */
  version: { logId: string; dataVersion: number };
}

/** The document around a painted page: `index.html`, with the head of one address. */
export class PageShell {
  private readonly text: string;

  constructor(
    path: string,
    private readonly build: PageBuild,
  ) {
    this.text = readFileSync(path, 'utf8');
  }

  document(
    painted: Painted,
    { language, root, base, isDemo, isEmbeddable, version }: Frame,
  ): string {
    const address = escaped(base + painted.canonical);
    const [title, description] = [escaped(painted.title), escaped(painted.description)];
    const head = [
      `<title>${title}</title>`,
      `<meta name="description" content="${description}" />`,
      painted.status === 200
        ? `<link rel="canonical" href="${address}" />`
        : '<meta name="robots" content="noindex" />',
      `<link rel="manifest" href="page/install/manifest-${language}.webmanifest" />`,
      `<meta property="og:type" content="website" />`,
      `<meta property="og:title" content="${title}" />`,
      `<meta property="og:description" content="${description}" />`,
      `<meta property="og:url" content="${address}" />`,
      ...(painted.status === 200 ? pictureOf(base, painted) : []),
      `<meta property="og:locale" content="${language === 'ru' ? 'ru_RU' : 'en_GB'}" />`,
    ].join('\n    ');
    const marks = `${isDemo ? ' data-demo' : ''}${isEmbeddable ? ' data-embed' : ''}`;
    // A script cannot end inside its text.
    const first = JSON.stringify(painted.first).replaceAll('<', '\\u003c');
    return this.text
      .replace('<html lang="ru">', () => `<html lang="${language}"${marks}>`)
      .replace('<!-- head -->', () => head)
      .replace('<!-- modules -->', () => this.modulesOf(painted).join('\n    '))
      .replaceAll(/(?<=(?:href|src)=")page\//g, () => `${root}page/${this.build.name}/`)
      .replace('<!-- body -->', () => painted.body)
      .replace(
        '<!-- first -->',
        () =>
          `<script type="application/json" id="first" data-log="${version.logId}" data-version="${version.dataVersion}">${first}</script>`,
      );
  }

  private modulesOf({ modules }: Painted): string[] {
    const names = new Set(modules.flatMap((name) => this.build.needs[name] ?? []));
    // What is painted needs the style alone.
    return [...names].map(
      (name) => `<link rel="modulepreload" href="page/${name}" fetchpriority="low" />`,
    );
  }
}

/** What `npm run build` says about the files of the page. */
export interface PageBuild {
  /** In the address of every file: another build has other addresses. */
  name: string;
  /** Modules that must be there before one runs, with that one. */
  needs: Readonly<Record<string, readonly string[]>>;
}

/** The picture is drawn from the same painted page (preview/). */
function pictureOf(base: string, { canonical }: Painted): string[] {
  const picture = `${base}page/preview.png?of=${encodeURIComponent(canonical)}`;
  return [
    `<meta property="og:image" content="${escaped(picture)}" />`,
    '<meta property="og:image:width" content="1200" />',
    '<meta property="og:image:height" content="630" />',
    '<meta name="twitter:card" content="summary_large_image" />',
  ];
}

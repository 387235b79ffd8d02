/** What the service and the page's module `paint.ts` pass each other. This file has no imports: both compile it. */

/** Answer of the API to the first requests of the page, or the problem document. */
export type FirstAnswer =
  | { body: unknown; headers: Readonly<Record<string, string>> }
  | { problem: { code: string; detail: string } };

/** Answers that come with the page, by their address relative to the service. */
export type FirstAnswers = Readonly<Record<string, FirstAnswer>>;

export interface PaintRequest {
  /** Path without the first slash, and the query. */
  path: string;
  query: URLSearchParams;
  language: 'ru' | 'en';
  /** Relative address of the service, such as `../`. */
  root: string;
  isDemo: boolean;
  /** Whether other sites may show rates. */
  isEmbeddable: boolean;
  /** Reads in the process of the service; undefined if only a request can answer. */
  read: (target: string) => FirstAnswer | undefined;
}

/** Text of the picture in previews of links: codes, figures and dates, as the same in every language. */
export interface Preview {
  lines: readonly string[];
  note: string;
}

/** A page before its script runs. */
export interface Painted {
  /** 404 if the address names nothing. */
  status: 200 | 404;
  title: string;
  description: string;
  /** The one address of this content, relative to the service. */
  canonical: string;
  preview: Preview;
  /** Markup of the body. */
  body: string;
  /** Answers that the markup was made of, for the script. */
  first: FirstAnswers;
  /** Modules that the script will load, by their names below `page/`. */
  modules: readonly string[];
}

export interface Painter {
  paint(request: PaintRequest): Promise<Painted>;
}

export function isProblem(
  answer: FirstAnswer,
): answer is Extract<FirstAnswer, { problem: object }> {
  return 'problem' in answer;
}

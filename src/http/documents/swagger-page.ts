import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import type { OpenAPIObject } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import type { HttpServer } from '@nestjs/common';

const PATH = '/docs';
const SCRIPT = 'start.js';
const LIBRARY = ['swagger-ui.css', 'swagger-ui-bundle.js'];
/** Express matches paths case-insensitively. */
const PAGES = new RegExp(`^${PATH}(?:/|$)`, 'i');

/** Swagger UI, and its files. */
export const DOCUMENT_FILES: readonly string[] = [
  ...[PATH, `${PATH}/`],
  ...[SCRIPT, ...LIBRARY].map((name) => `${PATH}/${name}`),
];

/** Whether a path belongs to Swagger UI. */
export function isDocumentPage(path: string): boolean {
  return PAGES.test(path);
}

/** Addresses are relative to `/docs`, behind whatever prefix a proxy has removed. */
const HTML = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Kurs API</title>
    <link rel="icon" href="favicon.ico" />
    <link rel="stylesheet" href="docs/swagger-ui.css" />
    <style>
      body { margin: 0; background: #fafafa; }
      @media (max-width: 640px) {
        .swagger-ui .wrapper { padding: 0 8px; }
        .swagger-ui .opblock .opblock-summary { flex-wrap: wrap; }
        .swagger-ui .opblock-summary-path, .swagger-ui .opblock-summary-description { max-width: 100%; overflow-wrap: anywhere; }
        .swagger-ui table.parameters, .swagger-ui table.parameters tbody, .swagger-ui table.parameters tr,
        .swagger-ui table.parameters td { display: block; }
        .swagger-ui table.parameters thead { display: none; }
        .swagger-ui .parameters-col_description input[type=text], .swagger-ui .parameters-col_description select { width: 100%; max-width: 100%; }
        .swagger-ui .markdown, .swagger-ui .renderedMarkdown { overflow-wrap: anywhere; }
        .swagger-ui .scheme-container .schemes { flex-wrap: wrap; }
      }
    </style>
  </head>
  <body>
    <div id="swagger-ui"></div>
    <script src="docs/swagger-ui-bundle.js"></script>
    <script src="docs/${SCRIPT}"></script>
  </body>
</html>
`;

/** Runs in the browser. Without a button for streams: Swagger UI shows an answer when it has ended. */
const START = `
const isStream = (path, method) =>
  spec.paths[path]?.[method]?.responses?.[200]?.content?.['text/event-stream'] !== undefined;
SwaggerUIBundle({
  spec,
  dom_id: '#swagger-ui',
  deepLinking: true,
  presets: [SwaggerUIBundle.presets.apis],
  // It takes seconds for a few hundred rows, and again for every click afterwards.
  syntaxHighlight: { activated: false },
  plugins: [
    {
      statePlugins: {
        spec: {
          wrapSelectors: {
            allowTryItOutFor: () => (_, path, method) => !isStream(path, method),
          },
        },
      },
    },
  ],
});
`;

/** Serves Swagger UI on `/docs`. @param read the document, with values that exist now */
export function serveSwaggerPage(server: HttpServer, read: () => OpenAPIObject): void {
  server.get(PATH, ({ path }: Request, response: Response) => {
    // Swagger UI resolves the document's server against its own address, which must not end with a slash.
    if (path.endsWith('/')) response.redirect(308, `..${PATH}`);
    else response.type('html').send(HTML);
  });
  server.get(`${PATH}/${SCRIPT}`, (_: Request, response: Response) => {
    const script = `const spec = ${JSON.stringify(read())};\n${START}`;
    response.type('js').set('Cache-Control', 'no-store').send(script);
  });
  // A dependency of @nestjs/swagger, and maybe inside it.
  const nest = createRequire(import.meta.url).resolve('@nestjs/swagger');
  for (const name of LIBRARY) {
    const root = dirname(createRequire(nest).resolve(`swagger-ui-dist/${name}`));
    server.get(`${PATH}/${name}`, (_: Request, response: Response) =>
      response.sendFile(name, { root }),
    );
  }
}

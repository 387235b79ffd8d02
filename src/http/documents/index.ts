/** OpenAPI and AsyncAPI documents. */
export { addressAsked } from './address-asked.js';
export { ApiPrefilled } from './api-examples.js';
export { ApiAnswerHeaders } from './api-headers.js';
export { asyncApiDocument, type AsyncApiParts } from './async-api.js';
export { queryParametersOf } from './async-api-schemas.js';
export { LiveExamples } from './live-examples.js';
export { openApiDocument, serveDocuments } from './open-api.js';
export { DOCUMENT_FILES, isDocumentPage } from './swagger-page.js';

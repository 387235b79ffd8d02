/** OpenAPI and AsyncAPI documents. */
export { addressAsked } from './address-asked.js';
export { ApiAnswerHeaders } from './api-headers.js';
export { asyncApiDocument, type AsyncApiParts } from './async-api.js';
export { queryParametersOf } from './async-api-schemas.js';
export { DOCUMENT_FILES, isDocumentPage, openApiDocument, serveDocuments } from './open-api.js';

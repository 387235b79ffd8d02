/** OpenAPI and AsyncAPI documents. */
export { addressAsked } from './address-asked.js';
export { ApiAnswerHeaders } from './api-headers.js';
export { asyncApiDocument } from './async-api.js';
export { DOCUMENT_FILES, isDocumentPage, openApiDocument, serveDocuments } from './open-api.js';

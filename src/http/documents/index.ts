/** OpenAPI and AsyncAPI documents. */
export { ApiAnswerHeaders } from './api-headers.js';
export { asyncApiDocument } from './async-api.js';
export { DOCUMENT_FILES, isDocumentPage, openApiDocument, serveDocuments } from './open-api.js';

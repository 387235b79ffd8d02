/** The published client, which the service serves under this path (dashboard/page-files.ts). */
export * from '../../../../clients/js/kurs.js';

/** The chart library, which the service serves under this path (dashboard/page-files.ts). */
export { default } from 'uplot';

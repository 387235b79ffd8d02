export { importOriginalCommand } from './import-original.command.js';

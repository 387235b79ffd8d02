import { searchPrinted } from './canary.ts';

export default async function tearDown(): Promise<void> {
  await globalThis.kursPostgres?.drop();
  try {
    searchPrinted();
  } finally {
    globalThis.removeRunFolder?.();
  }
}

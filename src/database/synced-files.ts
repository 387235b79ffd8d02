import { closeSync, fsyncSync, openSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';

/** fsyncs a file or a folder. */
export function syncToDisk(path: string): void {
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Renames a finished file into place. A reader sees the old file or the complete new one, also after a power cut. */
export function moveIntoPlace(finished: string, place: string): void {
  syncToDisk(finished);
  renameSync(finished, place);
  syncToDisk(dirname(place));
}

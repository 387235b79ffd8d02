import { closeSync, fsyncSync, openSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';

/** Waits until a file, or what a folder lists, is on the disk. */
export function syncToDisk(path: string): void {
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Gives a finished file its name: whoever looks finds the old one or the whole new one, also after a power cut. */
export function moveIntoPlace(finished: string, place: string): void {
  syncToDisk(finished);
  renameSync(finished, place);
  syncToDisk(dirname(place));
}

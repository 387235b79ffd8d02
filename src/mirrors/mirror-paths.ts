import { PATH_METADATA } from '@nestjs/common/constants.js';
import type { Type } from '@nestjs/common';
import { type Mirror, MIRRORS } from '../config/setting-rules.js';
import { MIRROR_CONTROLLERS } from './mirror-controllers.js';

/** The mirror of each first segment of a path, in lower case: every route of a mirror begins with one of its own. */
const MIRROR_OF_SEGMENT: ReadonlyMap<string, Mirror> = new Map(
  MIRRORS.flatMap((mirror) =>
    MIRROR_CONTROLLERS[mirror]
      .flatMap(routesOf)
      .map((route): [string, Mirror] => [firstSegment(route), mirror]),
  ),
);

/** The mirror, among those that are open, that a path belongs to; Express matches without regard to case. */
export function mirrorOf(path: string, open: readonly Mirror[]): Mirror | undefined {
  const mirror = MIRROR_OF_SEGMENT.get(firstSegment(path));
  return mirror !== undefined && open.includes(mirror) ? mirror : undefined;
}

/** Paths of the routes of a controller, as its decorators name them. */
function routesOf({ prototype }: Type): string[] {
  const members = Object.entries(Object.getOwnPropertyDescriptors(prototype as object));
  return members.flatMap(([name, { value }]: [string, { value?: unknown }]) => {
    if (typeof value !== 'function' || name === 'constructor') return [];
    const path: unknown = Reflect.getMetadata(PATH_METADATA, value);
    return typeof path === 'string' ? [path] : [];
  });
}

function firstSegment(path: string): string {
  return /^\/?([^/]*)/.exec(path.toLowerCase())?.[1] ?? '';
}

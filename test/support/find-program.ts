import { execFileSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** A real program that tests need, and how to get it. */
export interface WantedProgram {
  /** Environment variable with its path. */
  variable: string;
  /** Possible names, and folders besides PATH. */
  names: readonly string[];
  alsoLookIn: readonly string[];
  /** Its packages in Debian and Ubuntu. */
  aptPackages: readonly string[];
  /** False for one that lacks a module. */
  isUsable?: (path: string) => boolean;
  /** Error message if it is not found. */
  howToGetOne: string;
}

/** Path of a program: from its variable, PATH, apt-get without password, or `otherwise`. */
export function findProgram(
  wanted: WantedProgram,
  otherwise: () => string | undefined = () => undefined,
): string {
  const named = process.env[wanted.variable];
  if (named !== undefined && named !== '') {
    if (!isExecutable(named)) {
      throw new Error(`${wanted.variable} is ${named}, which cannot be run`);
    }
    return named;
  }
  const found =
    installed(wanted) ??
    (installWithApt(wanted.aptPackages) ? installed(wanted) : undefined) ??
    otherwise();
  if (found === undefined) throw new Error(wanted.howToGetOne);
  return found;
}

function installed({
  names,
  alsoLookIn,
  isUsable = () => true,
}: WantedProgram): string | undefined {
  const folders = [...(process.env.PATH ?? '').split(delimiter), ...alsoLookIn];
  return folders
    .flatMap((folder) => names.map((name) => join(folder, name)))
    .find((path) => isExecutable(path) && isUsable(path));
}

function installWithApt(names: readonly string[]): boolean {
  const asRoot = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  const apt = (...words: string[]) =>
    runs([...asRoot, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-qq', ...words]);
  if (!runs(['apt-get', '--version'])) return false;
  return apt('install', '-y', ...names) || (apt('update') && apt('install', '-y', ...names));
}

/** Whether a command exits with 0. */
export function runs([command = '', ...words]: string[]): boolean {
  try {
    execFileSync(command, words, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

export function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

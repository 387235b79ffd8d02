import { execFileSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** A real program that tests need, and how to come by it. */
export interface WantedProgram {
  /** The environment variable that names its path. */
  variable: string;
  /** What it may be called, and where it may be beside the PATH. */
  names: readonly string[];
  alsoLookIn: readonly string[];
  /** Its package in Debian and Ubuntu. */
  aptPackage: string;
  /** The error where there is none. */
  howToGetOne: string;
}

/** The path of a program: by its variable, on the PATH, by apt-get where it needs no password, by `otherwise`. */
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
    (installWithApt(wanted.aptPackage) ? installed(wanted) : undefined) ??
    otherwise();
  if (found === undefined) throw new Error(wanted.howToGetOne);
  return found;
}

function installed({ names, alsoLookIn }: WantedProgram): string | undefined {
  const folders = [...(process.env.PATH ?? '').split(delimiter), ...alsoLookIn];
  return folders.flatMap((folder) => names.map((name) => join(folder, name))).find(isExecutable);
}

function installWithApt(name: string): boolean {
  const asRoot = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  const apt = (...words: string[]) =>
    runs([...asRoot, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-qq', ...words]);
  if (!runs(['apt-get', '--version'])) return false;
  return apt('install', '-y', name) || (apt('update') && apt('install', '-y', name));
}

/** Whether a command ends well. */
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

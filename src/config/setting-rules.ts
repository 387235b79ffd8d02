import { closeSync, openSync } from 'node:fs';
import { Transform } from 'class-transformer';
import { ValidateBy } from 'class-validator';
import { compile as trustedBy } from 'proxy-addr';
import { overlaps } from '../common/nats-subject.js';
import { apiKeysIn } from './api-key.js';
import { QUESTIONS } from './own-subjects.js';

/** Integer from `least` to `most`, in plain digits. */
export function WholeNumber(least: number, most: number): PropertyDecorator {
  const toNumber = Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value,
  );
  const isInRange = ValidateBy({
    name: 'wholeNumber',
    validator: {
      validate: (value) => Number.isInteger(value) && value >= least && value <= most,
      defaultMessage: () => `$property must be a whole number from ${least} to ${most}`,
    },
  });
  return (target, property) => [toNumber, isInRange].forEach((apply) => apply(target, property));
}

const SQLITE_URL = /^sqlite:(?!.*:memory:)[^?]*[^/?](?:\?max_page_count=[1-9]\d{0,8})?$/;
const POSTGRES_URL = /^postgres(?:ql)?:\/\/.+$/;

/** Valid address of a database (database/database-url.ts). */
export function IsDatabaseUrl(): PropertyDecorator {
  return ValidateBy({
    name: 'isDatabaseUrl',
    validator: {
      validate: (url) =>
        typeof url === 'string' &&
        (SQLITE_URL.test(url) || (POSTGRES_URL.test(url) && isReadableUrl(url))),
      defaultMessage: () =>
        '$property must be sqlite:<path of a file>[?max_page_count=<pages>] or postgres://…',
    },
  });
}

/** PostgreSQL's driver splits the URL and percent-decodes its parts. */
function isReadableUrl(text: string): boolean {
  try {
    const { username, password, pathname } = new URL(text);
    [username, password, pathname].forEach(decodeURIComponent);
    return true;
  } catch {
    // The error's message quotes the value, which may be a secret; the setting's name is enough.
    return false;
  }
}

/** Web origins, separated by commas; `*` or empty. Normalized to the form that browsers send (RFC 6454, 6.2). */
export function IsOriginList(): PropertyDecorator {
  const asSaid = Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' ? value.split(',').map(originSaid).join(',') : value,
  );
  const isList = ValidateBy({
    name: 'isOriginList',
    validator: {
      validate: (text) =>
        text === '' ||
        text === '*' ||
        (typeof text === 'string' && text.split(',').every((word) => word === originOf(word))),
      defaultMessage: (context) => {
        const rule =
          '$property must be origins such as https://example.com, separated by commas, or *';
        const words = typeof context?.value === 'string' ? context.value.split(',') : [];
        const pattern = words.find((word) => word.includes('*'));
        return pattern === undefined ? rule : `${rule} alone; ${pattern} is a pattern`;
      },
    },
  });
  return (target, property) => [asSaid, isList].forEach((apply) => apply(target, property));
}

const ORIGIN = /^https?:\/\/(?:[\w.-]+|\[[\da-f:.]+\])(?::\d+)?$/;

function originSaid(word: string): string {
  return originOf(word.trim()) ?? word;
}

/** Origin of an address that is only an origin; otherwise undefined. */
function originOf(text: string): string | undefined {
  if (!/^https?:/i.test(text) || !URL.canParse(text)) return undefined;
  const { origin, href } = new URL(text);
  // The URL parser allows a star in a host name, which is meant as a pattern, and `;`, which would begin another
  // directive of a Content-Security-Policy.
  return href === `${origin}/` && ORIGIN.test(origin) ? origin : undefined;
}

/** Services that Kurs answers for, each by routes of its own (`mirrors/`). */
export const MIRRORS = ['bank', 'json', 'soap', 'tsv', 'frankfurter'] as const;
export type Mirror = (typeof MIRRORS)[number];

/** Names of mirrors separated by commas, or `off`. */
export function IsMirrorList(): PropertyDecorator {
  return ValidateBy({
    name: 'isMirrorList',
    validator: {
      validate: (text) =>
        text === 'off' ||
        (typeof text === 'string' &&
          text.split(',').every((word) => (MIRRORS as readonly string[]).includes(word))),
      defaultMessage: () =>
        `$property must be off, or some of ${MIRRORS.join(', ')}, separated by commas`,
    },
  });
}

/** The mirrors of a valid setting. */
export function mirrorsOf(setting: string): readonly Mirror[] {
  return MIRRORS.filter((mirror) => setting.split(',').includes(mirror));
}

/** HTTP address without query, fragment and credentials, or empty; a trailing slash is removed. */
export function IsPublicUrl(): PropertyDecorator {
  const withoutSlash = Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' ? value.replace(/\/$/, '') : value,
  );
  const isUrl = ValidateBy({
    name: 'isPublicUrl',
    validator: {
      validate: (url) => url === '' || (typeof url === 'string' && isPublicUrl(url)),
      defaultMessage: () => '$property must be an address such as https://example.com/kurs',
    },
  });
  return (target, property) => [withoutSlash, isUrl].forEach((apply) => apply(target, property));
}

function isPublicUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, origin, pathname } = new URL(text);
  const plain = pathname === '/' ? origin : origin + pathname;
  return /^https?:$/.test(protocol) && plain === text;
}

/** Path of a readable file, or empty. */
export function IsReadableFile(): PropertyDecorator {
  return ValidateBy({
    name: 'isReadableFile',
    validator: {
      validate: (path) => path === '' || (typeof path === 'string' && isReadable(path)),
      defaultMessage: () => '$property must be the path of a file that can be read',
    },
  });
}

function isReadable(path: string): boolean {
  try {
    closeSync(openSync(path, 'r'));
    return true;
  } catch {
    // The complaint names the setting; the operator finds the cause at its path.
    return false;
  }
}

/** Requires the other setting. */
export function ComesWith(other: string): PropertyDecorator {
  return ValidateBy({
    name: 'comesWith',
    validator: {
      validate: (value, context) =>
        value === '' || (context?.object as Record<string, unknown>)[other] !== '',
      defaultMessage: () => `$property needs ${other}`,
    },
  });
}

/** A subject that Kurs does not use: an event mirrored to the stream's subjects would be stored twice. */
export function IsNoOtherSubject(): PropertyDecorator {
  return ValidateBy({
    name: 'isNoOtherSubject',
    validator: {
      validate: (subject, context) => {
        const { NATS_SUBJECT_PREFIX } = context?.object as { NATS_SUBJECT_PREFIX: string };
        const prefix = `${NATS_SUBJECT_PREFIX}.`;
        if (typeof subject !== 'string' || !subject.startsWith(prefix)) return true;
        return !OWN_SUBJECTS.test(subject.slice(prefix.length));
      },
      defaultMessage: () => '$property must not be a subject that Kurs uses otherwise',
    },
  });
}

const REPLY_PREFIX = /^[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*$/;

/**
 * Prefixes of reply subjects, separated by commas. None may belong to JetStream or the server (`$…`), or overlap with
 * our own subjects.
 */
export function IsReplyPrefixList(): PropertyDecorator {
  return ValidateBy({
    name: 'isReplyPrefixList',
    validator: {
      validate: (text, context) => {
        const { NATS_SUBJECT_PREFIX: ours, NATS_MIRROR_SUBJECT: mirror } =
          context?.object as Record<string, string>;
        const own = [`${ours}.>`, ...(mirror ? [mirror] : [])];
        const isFit = (prefix: string) =>
          REPLY_PREFIX.test(prefix) && !own.some((subject) => overlaps(`${prefix}.>`, subject));
        return typeof text === 'string' && text.split(',').every(isFit);
      },
      defaultMessage: () =>
        '$property must be prefixes such as _INBOX, separated by commas, none of them of the subjects that Kurs uses otherwise',
    },
  });
}

/** Subjects below NATS_SUBJECT_PREFIX: events, commit hints, and request methods. */
const OWN_SUBJECTS = new RegExp(`^(?:events\\..*|hints|${QUESTIONS.join('|')})$`);

/** Entries of API_KEYS, or empty. */
export function IsApiKeys(): PropertyDecorator {
  return ValidateBy({
    name: 'isApiKeys',
    validator: {
      validate: (text) => typeof text === 'string' && apiKeysIn(text) !== undefined,
      defaultMessage: () =>
        '$property must be name:scope:sha256, several separated by commas, with scope write, tasks or write+tasks, and no key under two names',
    },
  });
}

/** Addresses and subnets in proxy-addr's notation, or empty. */
export function IsProxyList(): PropertyDecorator {
  return ValidateBy({
    name: 'isProxyList',
    validator: {
      validate: (text) => typeof text === 'string' && isProxyList(text),
      defaultMessage: () =>
        '$property must be addresses, subnets such as 10.0.0.0/8, loopback, linklocal or uniquelocal, separated by commas',
    },
  });
}

function isProxyList(text: string): boolean {
  try {
    trustedBy(proxiesIn(text));
    return true;
  } catch {
    // The error's message quotes the value; the setting's name is enough.
    return false;
  }
}

/** Entries of TRUST_PROXY, for proxy-addr. */
export function proxiesIn(text: string): string[] {
  return text.split(',').flatMap((word) => (word.trim() === '' ? [] : [word.trim()]));
}

import { IsIn, IsNotEmpty, IsUrl, Matches, MaxLength, ValidateIf } from 'class-validator';
import {
  ComesWith,
  IsApiKeys,
  IsDatabaseUrl,
  IsMirrorList,
  IsNoOtherSubject,
  IsOriginList,
  IsProxyList,
  IsPublicUrl,
  IsReadableFile,
  IsReplyPrefixList,
  WholeNumber,
} from './setting-rules.js';
import { VERSION } from './version.js';

const LOG_LEVELS = ['fatal', 'error', 'warn', 'log', 'debug', 'verbose'] as const;
const SWITCH = ['on', 'off'] as const;
const LOG_FORMATS = ['text', 'json'] as const;
const SUBJECT = /^[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*$/;
const STREAM_NAME = /^[A-Za-z0-9_-]{1,64}$/;
const NATS_URLS = /^(?:nats|tls):\/\/[^\s,]+(?:,(?:nats|tls):\/\/[^\s,]+)*$/;

/** All settings, with their defaults. The names are those of the environment; all are optional. */
export class Settings {
  /** Address to listen on. */
  @IsNotEmpty()
  @Matches(/^[A-Za-z0-9.:_-]+$/, { message: 'HOST must be an address or a host name' })
  HOST = '127.0.0.1';

  /** Port of HTTP and WebSocket; 0 takes a free one. */
  @WholeNumber(0, 65_535)
  PORT = 3000;

  /**
   * Address of the service behind its proxy, with the path prefix that the proxy removes: `https://example.com/kurs`.
   * Used where a document needs an absolute address; everything else is relative. Empty: the address of the request.
   */
  @IsPublicUrl()
  PUBLIC_URL = '';

  /** Seconds between reporting unready (`/health/ready`) and closing the port at shutdown, for load balancers. */
  @WholeNumber(0, 3_600)
  DRAIN_SECONDS = 0;

  /**
   * `sqlite:<path>` (relative to the working directory) or `postgres://user:password@host:port/name`.
   * `sqlite:<path>?max_page_count=<pages>` limits the file, in pages of 4096 bytes.
   */
  @IsDatabaseUrl()
  DATABASE_URL = 'sqlite:data/kurs.db';

  /**
   * `nats://host:port`, several separated by commas, with `user:password@` or `token@` in the first; `tls://`
   * requires TLS; empty: no broker.
   */
  @ValidateIf((settings: Settings) => settings.NATS_URL !== '')
  @Matches(NATS_URLS, { message: 'NATS_URL must be nats://host:port, several separated by commas' })
  NATS_URL = '';

  /** Credentials file of NATS (a user's JWT and seed), read on every connection; empty: none. */
  @IsReadableFile()
  NATS_CREDS_FILE = '';

  /** CA certificates (PEM) for the broker's certificate; empty: those that Node trusts. */
  @IsReadableFile()
  NATS_CA_FILE = '';

  /** Client certificate (PEM) for a broker that requires one; with NATS_KEY_FILE. */
  @IsReadableFile()
  @ComesWith('NATS_KEY_FILE')
  NATS_CERT_FILE = '';

  /** Key (PEM) of NATS_CERT_FILE. */
  @IsReadableFile()
  @ComesWith('NATS_CERT_FILE')
  NATS_KEY_FILE = '';

  /** Events are published on `<prefix>.events.<event>.<CODE>`. */
  @Matches(SUBJECT, { message: 'NATS_SUBJECT_PREFIX must be tokens joined by dots' })
  NATS_SUBJECT_PREFIX = 'rates';

  /** JetStream stream of the events. */
  @Matches(STREAM_NAME, { message: 'NATS_STREAM must be 1 to 64 letters, digits, - or _' })
  NATS_STREAM = 'RATES';

  /** Replicas of the stream in a cluster, when Kurs creates it. */
  @WholeNumber(1, 5)
  NATS_REPLICAS = 1;

  /** Core NATS subject that repeats every event, at most once; by default `<prefix>.updates`; empty: no mirror. */
  @ValidateIf((settings: Settings) => settings.NATS_MIRROR_SUBJECT !== '')
  @Matches(SUBJECT, { message: 'NATS_MIRROR_SUBJECT must be tokens joined by dots' })
  @IsNoOtherSubject()
  NATS_MIRROR_SUBJECT = 'rates.updates';

  /** Prefixes of reply subjects that requests over NATS may name, separated by commas; other requests are ignored. */
  @IsReplyPrefixList()
  NATS_REPLY_PREFIXES = '_INBOX';

  /** Retention of the event log in days: a consumer that is away for less misses nothing. */
  @WholeNumber(1, 36_500)
  EVENTS_KEEP_DAYS = 400;

  /** 1: a look at Kurs without cbr.ru, with a built-in bank of made-up figures and a database that is gone afterwards. */
  @WholeNumber(0, 1)
  DEMO = 0;

  /** Base address of the bank; `/scripts/XML_daily.asp` is appended. */
  @IsUrl({ protocols: ['http', 'https'], require_protocol: true, require_tld: false })
  CBR_BASE_URL = 'https://www.cbr.ru';

  /** Seconds between scheduled fetches. */
  @WholeNumber(1, 86_400)
  CBR_POLL_SECONDS = 600;

  /**
   * The same while the next sheet is expected: from 15:00 to 19:00 in Moscow, on a working day whose sheet is not
   * loaded.
   */
  @WholeNumber(1, 86_400)
  CBR_WATCH_SECONDS = 60;

  /** Days before the first sheet to load into an empty database, in the background; 0: none. */
  @WholeNumber(0, 20_000)
  BACKFILL_DAYS = 90;

  /** Total time for one answer of the bank, from connecting to the last byte, in milliseconds. */
  @WholeNumber(1, 600_000)
  CBR_TIMEOUT_MS = 10_000;

  /**
   * A rate that changes by more than this percentage is held until a person accepts it; 0: never. A misplaced decimal
   * point is +900 or -90; all fifteen changes above 20 since 1999 were correct.
   */
  @WholeNumber(0, 1_000_000)
  JUMP_LIMIT_PERCENT = 80;

  /** Longest pause before the second try after a transient failure, in milliseconds; twice as long before the third. */
  @WholeNumber(0, 60_000)
  CBR_RETRY_PAUSE_MS = 500;

  /** Requests per second to the bank. The bank documents no limit; clients report trouble from about ten. */
  @WholeNumber(1, 1_000)
  CBR_REQUESTS_PER_SECOND = 5;

  /**
   * Percentage of the previous sheet's currencies that a sheet may lack; a sheet that lacks more is held until a
   * person accepts it. 100: never held.
   */
  @WholeNumber(0, 100)
  CBR_MAX_SHRINK_PERCENT = 20;

  /** User-Agent for the bank. */
  @Matches(/^[\x20-\x7e]+$/, { message: 'CBR_USER_AGENT must be printable ASCII' })
  @MaxLength(200)
  CBR_USER_AGENT = `kurs/${VERSION}`;

  /**
   * Keys for writes and tasks, separated by commas, each `name:scope:sha256` with scope `write`, `tasks` or
   * `write+tasks`; `kurs keys:create` creates one. Empty: only this machine may write.
   */
  @IsApiKeys()
  API_KEYS = '';

  /**
   * Trusted proxies, whose `X-Forwarded-For` counts, separated by commas: addresses, subnets (`10.0.0.0/8`),
   * `loopback`, `linklocal`, `uniquelocal`; empty: none.
   */
  @IsProxyList()
  TRUST_PROXY = '';

  /** Requests per client address in any 60 seconds; 0: unlimited. */
  @WholeNumber(0, 10_000_000)
  RATE_LIMIT_PER_MINUTE = 1_200;

  /**
   * Seconds in which a request must arrive completely, headers and body; a client that reads nothing of an answer for
   * twice as long is disconnected.
   */
  @WholeNumber(1, 3_600)
  REQUEST_TIMEOUT_SECONDS = 20;

  /** Seconds that an idle connection is kept; longer than a load balancer in front keeps its own. */
  @WholeNumber(1, 3_600)
  KEEP_ALIVE_SECONDS = 65;

  /** Concurrent long answers (more than 1,000 rows). */
  @WholeNumber(1, 10_000)
  MAX_EXPORTS = 8;

  /**
   * Concurrent long answers per client address; 0: no separate limit. Behind a proxy that TRUST_PROXY does not name,
   * all clients share the proxy's address.
   */
  @WholeNumber(0, 10_000)
  MAX_EXPORTS_PER_ADDRESS = 4;

  /**
   * Lowest speed at which a client may read such an answer, in bytes per second; a client that falls behind by twice
   * REQUEST_TIMEOUT_SECONDS is disconnected. 0: any speed.
   */
  @WholeNumber(0, 1_000_000_000)
  EXPORT_BYTES_PER_SECOND = 8_192;

  /** `on` caches frequent answers as bytes; `off` computes every answer. */
  @IsIn(SWITCH)
  RESPONSE_CACHE: (typeof SWITCH)[number] = 'on';

  /** Memory of this cache, in MiB. */
  @WholeNumber(1, 100_000)
  RESPONSE_CACHE_MEGABYTES = 64;

  /**
   * Seconds for which an instance that cannot reach its database stays ready and answers reads from memory; 0: none.
   */
  @WholeNumber(0, 86_400)
  READS_WITHOUT_DATABASE_SECONDS = 300;

  /** Connections of the live socket and the event stream together. */
  @WholeNumber(1, 1_000_000)
  WS_MAX_CONNECTIONS = 20_000;

  /**
   * Such connections per address; 0: no separate limit. Behind a proxy that TRUST_PROXY does not name, all clients
   * share the proxy's address.
   */
  @WholeNumber(0, 1_000_000)
  WS_MAX_PER_ADDRESS = 0;

  /**
   * Web origins, separated by commas, whose pages may read and subscribe in addition to our own; `*` for all. None
   * may write.
   */
  @IsOriginList()
  ALLOWED_ORIGINS = '';

  /** Web origins, separated by commas, whose pages may show rates in a frame (`/embed`); `*` for all. Empty: none. */
  @IsOriginList()
  EMBED_ORIGINS = '';

  /**
   * Mirrors that are open, separated by commas: `bank` (the bank's XML), `json` (cbr-xml-daily.ru), `soap`, `tsv`
   * (1C and RBC), `frankfurter`; or `off`.
   */
  @IsMirrorList()
  MIRRORS = 'bank,json,soap,tsv,frankfurter';

  /** Lowest level that is logged: fatal, error, warn, log, debug or verbose. */
  @IsIn(LOG_LEVELS)
  LOG_LEVEL: (typeof LOG_LEVELS)[number] = 'log';

  /** `text` or `json`. */
  @IsIn(LOG_FORMATS)
  LOG_FORMAT: (typeof LOG_FORMATS)[number] = 'text';
}

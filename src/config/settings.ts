import { IsIn, IsNotEmpty, IsUrl, Matches, MaxLength, ValidateIf } from 'class-validator';
import {
  ComesWith,
  IsApiKeys,
  IsDatabaseUrl,
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

/** Every setting of Kurs with its default; the names are those of the environment. All are optional. */
export class Settings {
  /** Address to listen on. */
  @IsNotEmpty()
  @Matches(/^[A-Za-z0-9.:_-]+$/, { message: 'HOST must be an address or a host name' })
  HOST = '127.0.0.1';

  /** Port of HTTP and WebSocket; 0 takes a free one. */
  @WholeNumber(0, 65_535)
  PORT = 3000;

  /**
   * Where clients reach the service through its proxy, with the prefix of the path that the proxy takes off:
   * `https://example.com/kurs`. For what the documents must say in full; everything else is relative. Empty: as it is asked.
   */
  @IsPublicUrl()
  PUBLIC_URL = '';

  /** Seconds between saying that it is not ready (`/health/ready`) and closing the door, when it stops; for load balancers. */
  @WholeNumber(0, 3_600)
  DRAIN_SECONDS = 0;

  /**
   * `sqlite:<path>` (relative to the working directory) or `postgres://user:password@host:port/name`.
   * `sqlite:<path>?max_page_count=<pages>` bounds the file, in pages of 4096 bytes.
   */
  @IsDatabaseUrl()
  DATABASE_URL = 'sqlite:data/kurs.db';

  /** `nats://host:port`, several separated by commas, with `user:password@` or `token@` in the first; `tls://` demands TLS; empty: no broker. */
  @ValidateIf((settings: Settings) => settings.NATS_URL !== '')
  @Matches(NATS_URLS, { message: 'NATS_URL must be nats://host:port, several separated by commas' })
  NATS_URL = '';

  /** Credentials file of NATS (a user's JWT and seed), read on every connection; empty: none. */
  @IsReadableFile()
  NATS_CREDS_FILE = '';

  /** Certificates (PEM) of the authority that signed the broker's; empty: those that Node trusts. */
  @IsReadableFile()
  NATS_CA_FILE = '';

  /** Kurs's own certificate (PEM), for a broker that asks for one; with NATS_KEY_FILE. */
  @IsReadableFile()
  @ComesWith('NATS_KEY_FILE')
  NATS_CERT_FILE = '';

  /** The key (PEM) of NATS_CERT_FILE. */
  @IsReadableFile()
  @ComesWith('NATS_CERT_FILE')
  NATS_KEY_FILE = '';

  /** Events go to `<prefix>.events.<event>.<CODE>`. */
  @Matches(SUBJECT, { message: 'NATS_SUBJECT_PREFIX must be tokens joined by dots' })
  NATS_SUBJECT_PREFIX = 'rates';

  /** JetStream stream that keeps the events. */
  @Matches(STREAM_NAME, { message: 'NATS_STREAM must be 1 to 64 letters, digits, - or _' })
  NATS_STREAM = 'RATES';

  /** How many nodes of a cluster keep the stream, when Kurs creates it. */
  @WholeNumber(1, 5)
  NATS_REPLICAS = 1;

  /** Plain subject that repeats every event, at most once; by default `<prefix>.updates`; empty: no mirror. */
  @ValidateIf((settings: Settings) => settings.NATS_MIRROR_SUBJECT !== '')
  @Matches(SUBJECT, { message: 'NATS_MIRROR_SUBJECT must be tokens joined by dots' })
  @IsNoOtherSubject()
  NATS_MIRROR_SUBJECT = 'rates.updates';

  /**
   * Prefixes of the inboxes on which questions over NATS are answered, separated by commas; questions that
   * want their answer elsewhere are ignored.
   */
  @IsReplyPrefixList()
  NATS_REPLY_PREFIXES = '_INBOX';

  /** Days that the event log keeps: for so long a consumer may be away and still miss nothing. */
  @WholeNumber(1, 36_500)
  EVENTS_KEEP_DAYS = 400;

  /** Where the bank is; `/scripts/XML_daily.asp` is added. */
  @IsUrl({ protocols: ['http', 'https'], require_protocol: true, require_tld: false })
  CBR_BASE_URL = 'https://www.cbr.ru';

  /** Seconds from one scheduled fetch to the next. */
  @WholeNumber(1, 86_400)
  CBR_POLL_SECONDS = 600;

  /** The same while the next sheet is about to come: between 15:00 and 19:00 in Moscow, on a working day that lacks it. */
  @WholeNumber(1, 86_400)
  CBR_WATCH_SECONDS = 60;

  /** How many days before the first sheet are loaded into an empty database, in the background; 0: none. */
  @WholeNumber(0, 20_000)
  BACKFILL_DAYS = 90;

  /** The whole time that one answer of the bank may take, from connecting to its last byte, in milliseconds. */
  @WholeNumber(1, 600_000)
  CBR_TIMEOUT_MS = 10_000;

  /**
   * A rate that moves by more than so many per cent is held until a person has accepted it; 0: none is. A
   * misplaced decimal is +900 or -90; every one of the bank's fifteen moves above 20 since 1999 was right.
   */
  @WholeNumber(0, 1_000_000)
  JUMP_LIMIT_PERCENT = 80;

  /** How long to wait, at most, before a second try after a failure that may pass, in milliseconds; twice as long before the third. */
  @WholeNumber(0, 60_000)
  CBR_RETRY_PAUSE_MS = 500;

  /** Most requests to the bank in a second; it names no limit, clients report trouble from about ten. */
  @WholeNumber(1, 1_000)
  CBR_REQUESTS_PER_SECOND = 5;

  /** A sheet may lack so many of the currencies of the one before it, in percent; more: it is held until a person has accepted it. 100 takes any. */
  @WholeNumber(0, 100)
  CBR_MAX_SHRINK_PERCENT = 20;

  /** User-Agent sent to the bank. */
  @Matches(/^[\x20-\x7e]+$/, { message: 'CBR_USER_AGENT must be printable ASCII' })
  @MaxLength(200)
  CBR_USER_AGENT = `kurs/${VERSION}`;

  /**
   * Keys that open writes and tasks, separated by commas, each `name:scope:sha256`: scope `write`, `tasks`
   * or `write+tasks`; `kurs keys:create` makes one. Empty: this machine alone may write.
   */
  @IsApiKeys()
  API_KEYS = '';

  /**
   * Proxies whose `X-Forwarded-For` is believed, separated by commas: addresses, subnets (`10.0.0.0/8`),
   * `loopback`, `linklocal`, `uniquelocal`; empty: none.
   */
  @IsProxyList()
  TRUST_PROXY = '';

  /** Most requests that one client address may make in any 60 seconds; 0: any number. */
  @WholeNumber(0, 10_000_000)
  RATE_LIMIT_PER_MINUTE = 1_200;

  /**
   * Within so many seconds a request must have come in, headers and body; who takes nothing of an answer for
   * twice as long is cut off.
   */
  @WholeNumber(1, 3_600)
  REQUEST_TIMEOUT_SECONDS = 20;

  /** How long a connection is kept for a next request; longer than a balancer in front keeps its own. */
  @WholeNumber(1, 3_600)
  KEEP_ALIVE_SECONDS = 65;

  /** Most long answers (of more than 1,000 rows) given at once. */
  @WholeNumber(1, 10_000)
  MAX_EXPORTS = 8;

  /** Most of them to one client address; 0: as many as there may be. Behind a proxy that TRUST_PROXY does not name all come from the proxy's. */
  @WholeNumber(0, 10_000)
  MAX_EXPORTS_PER_ADDRESS = 4;

  /** Least pace at which such an answer is to be taken; who falls behind by twice REQUEST_TIMEOUT_SECONDS is cut off. 0: any. */
  @WholeNumber(0, 1_000_000_000)
  EXPORT_BYTES_PER_SECOND = 8_192;

  /** `on` keeps answers that are asked for again and again ready as bytes; `off` works every one out anew. */
  @IsIn(SWITCH)
  RESPONSE_CACHE: (typeof SWITCH)[number] = 'on';

  /** Memory that such answers may take, in MiB. */
  @WholeNumber(1, 100_000)
  RESPONSE_CACHE_MEGABYTES = 64;

  /** For so long an instance whose database cannot be reached stays ready, and answers reads from memory; 0: not at all. */
  @WholeNumber(0, 86_400)
  READS_WITHOUT_DATABASE_SECONDS = 300;

  /** Most clients of the live socket and the event stream together. */
  @WholeNumber(1, 1_000_000)
  WS_MAX_CONNECTIONS = 20_000;

  /** Most of them from one address; 0: as many as there may be. Behind a proxy that TRUST_PROXY does not name all come from the proxy's. */
  @WholeNumber(0, 1_000_000)
  WS_MAX_PER_ADDRESS = 0;

  /** Web origins, separated by commas, whose pages may read and listen besides our own; `*` for all. Writes are closed to all of them. */
  @IsOriginList()
  ALLOWED_ORIGINS = '';

  /** Least severe level that is logged: fatal, error, warn, log, debug or verbose. */
  @IsIn(LOG_LEVELS)
  LOG_LEVEL: (typeof LOG_LEVELS)[number] = 'log';

  /** `text` for people, `json` for machines. */
  @IsIn(LOG_FORMATS)
  LOG_FORMAT: (typeof LOG_FORMATS)[number] = 'text';
}

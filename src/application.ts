import 'reflect-metadata';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LoggerService } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { AppModule, asyncApiParts } from './app.module.js';
import type { Clock } from './common/clock.js';
import { mirrorsOf } from './config/setting-rules.js';
import { Settings } from './config/settings.js';
import { DatabaseModule } from './database/database.module.js';
import { RatesWsAdapter } from './gateway/rates-ws.adapter.js';
import { ResponseCache } from './http/cache/index.js';
import {
  checkAddress,
  configureHttp,
  listening,
  Readiness,
  ServerAdapter,
} from './http/server/index.js';
import { InFlight } from './http/telemetry/index.js';
import { mirrorOf } from './mirrors/mirror-paths.js';
import { openToPages } from './mirrors/open-to-pages.js';
import { soapBodies } from './mirrors/soap/index.js';
import { RateBooks } from './rates/book/index.js';
import { RpcServer } from './rpc/rpc.server.js';

/**
 * Length of the accept queue, if the system allows it. Node's default of 511 overflows when thousands of live clients
 * reconnect at once; a rejected client retries after 1, 3, 7 … seconds.
 */
const BACKLOG = 4_096;
/** Longest wait for in-flight requests at shutdown, in milliseconds. */
const DRAIN_MS = 4_500;
/** Longest wait for the database after that, in milliseconds. */
const DATABASE_MS = 3_000;
/**
 * Longest wait for both, in milliseconds. Live clients and the relay may take a second each after it, and `docker stop`
 * kills after ten.
 */
const REQUESTS_AND_DATABASE_MS = 6_500;

/** A running service: HTTP and sockets on one port, everything else in the background. */
export class Application {
  private constructor(private readonly nest: NestExpressApplication) {}

  /** Opens the database and listens before the first answers of the bank and the broker are processed. */
  static async start(
    settings: Settings,
    logger: LoggerService,
    clock?: Clock,
  ): Promise<Application> {
    await checkAddress(settings);
    const module = AppModule.register(settings, clock);
    const adapter = new ServerAdapter(settings);
    const nest = await NestFactory.create<NestExpressApplication>(module, adapter, {
      logger,
      abortOnError: false,
      bodyParser: false,
    });
    const mirrors = mirrorsOf(settings.MIRRORS);
    nest.use(openToPages(mirrors));
    configureHttp(nest, adapter, asyncApiParts);
    // After the limits of every request.
    nest.useBodyParser(
      'raw',
      soapBodies((path) => mirrorOf(path, mirrors) === 'soap'),
    );
    nest.get(ResponseCache).install(adapter);
    nest.useWebSocketAdapter(new RatesWsAdapter(nest));
    await listen(nest, settings);
    return new Application(nest);
  }

  /** Loads the stored rates, which reads need. A failed load is retried in the background. */
  async load(): Promise<void> {
    await this.get(RateBooks).begin();
  }

  /** Address of the server, `http://127.0.0.1:3000`. */
  async url(): Promise<string> {
    return this.nest.getUrl();
  }

  /** Provider by class or token. */
  get<T>(provider: symbol | (abstract new (...parameters: never[]) => T)): T {
    return this.nest.get(provider, { strict: false });
  }

  /**
   * Reports unready for DRAIN_SECONDS, so that load balancers use other instances, while still answering. Then leaves
   * requests over NATS to them, drains those in flight, finishes the running fetch and the relay's batch, and closes
   * sockets with 1012.
   */
  async stop(): Promise<void> {
    this.get(Readiness).drain();
    this.get(ResponseCache).close();
    const inFlight = this.get(InFlight);
    inFlight.disableKeepAlive();
    await sleep(this.get(Settings).DRAIN_SECONDS * 1_000);
    // A broker that hangs takes a second, while requests are drained.
    void this.get(RpcServer).leave();
    const database = this.get(DatabaseModule);
    database.giveUpAfter(REQUESTS_AND_DATABASE_MS);
    await inFlight.drain(this.nest.getHttpServer(), DRAIN_MS);
    database.giveUpAfter(DATABASE_MS);
    await this.nest.close();
  }
}

/** Nest passes the arguments of `net.Server.listen` on, but its types declare only some of them. */
async function listen(nest: NestExpressApplication, { PORT, HOST }: Settings): Promise<void> {
  const listen = nest.listen.bind(nest) as (...words: unknown[]) => Promise<unknown>;
  await listening({ PORT, HOST }, () => listen(PORT, HOST, BACKLOG));
}

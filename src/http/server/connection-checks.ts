import { Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { Interval } from '@nestjs/schedule';
import type { ServerAdapter } from './server-adapter.js';

const CHECK_MS = 500;

/** Looks regularly for connections that keep the service waiting. Only a service schedules it; commands have no server. */
@Injectable()
export class ConnectionChecks {
  constructor(private readonly host: HttpAdapterHost<ServerAdapter>) {}

  @Interval('quiet-connections', CHECK_MS)
  closeQuiet(): void {
    this.host.httpAdapter.checkConnections();
  }
}

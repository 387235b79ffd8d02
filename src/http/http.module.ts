import { Global, Module } from '@nestjs/common';
import { Freshness } from './freshness.js';
import { Readiness } from './readiness.js';

@Global()
@Module({ providers: [Freshness, Readiness], exports: [Freshness, Readiness] })
export class HttpModule {}

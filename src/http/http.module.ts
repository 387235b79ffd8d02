import { Global, Module } from '@nestjs/common';
import { Freshness } from './freshness.js';

@Global()
@Module({ providers: [Freshness], exports: [Freshness] })
export class HttpModule {}

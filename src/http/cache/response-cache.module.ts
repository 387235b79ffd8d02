import { Module } from '@nestjs/common';
import { CachedAnswers } from './cached-answers.js';
import { ResponseCache } from './response-cache.js';

@Module({ providers: [ResponseCache, CachedAnswers], exports: [ResponseCache] })
export class ResponseCacheModule {}

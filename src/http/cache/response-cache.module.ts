import { Module } from '@nestjs/common';
import { KeptAnswers } from './kept-answers.js';
import { ResponseCache } from './response-cache.js';

@Module({ providers: [ResponseCache, KeptAnswers], exports: [ResponseCache] })
export class ResponseCacheModule {}

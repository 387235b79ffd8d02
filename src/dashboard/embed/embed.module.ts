import { Module } from '@nestjs/common';
import { RatesModule } from '../../rates/rates.module.js';
import { EmbedController } from './embed.controller.js';

/** Rates on pages of other sites. */
@Module({ imports: [RatesModule], controllers: [EmbedController] })
export class EmbedModule {}

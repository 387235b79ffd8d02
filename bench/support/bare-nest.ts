// A bare Nest application that loads the packages that Kurs loads, opens the same kind of database, and does
// nothing; but for every other path it gives the answer, headers included, that its parent has given it.
import 'reflect-metadata';
import '@nats-io/jetstream';
import '@nats-io/transport-node';
import { HttpModule } from '@nestjs/axios';
import { Controller, Get, Module, Res } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import '@nestjs/microservices';
import { WsAdapter } from '@nestjs/platform-ws';
import { ScheduleModule } from '@nestjs/schedule';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import '@nestjs/terminus';
import '@nestjs/typeorm';
import '@nestjs/websockets';
import 'axios';
import 'class-transformer';
import 'class-validator';
import 'decimal.js';
import 'dotenv';
import type { Response } from 'express';
import 'helmet';
import 'lru-cache';
import 'negotiator';
import 'prom-client';
import 'proxy-addr';
import 'rxjs';
import { DataSource } from 'typeorm';
import 'ws';
import 'xml2js';
import { Sqlite } from '#built/database/sqlite.js';
import { answerFromParent } from './given-answer.js';

const given = answerFromParent();

@Controller()
class Hello {
  @Get('/')
  hello() {
    return 'hello';
  }

  @Get('*path')
  answer(@Res() response: Response) {
    response.writeHead(given.status, given.headers).end(given.body);
  }
}

@Module({ imports: [ScheduleModule.forRoot(), HttpModule], controllers: [Hello] })
class App {}

const database = (process.env.DATABASE_URL ?? '').replace('sqlite:', '');
await new DataSource({ type: 'better-sqlite3', driver: Sqlite, database }).initialize();
const app = await NestFactory.create(App, { logger: false });
app.useWebSocketAdapter(new WsAdapter(app));
SwaggerModule.setup('docs', app, () =>
  SwaggerModule.createDocument(app, new DocumentBuilder().build()),
);
await app.listen(process.env.PORT ?? 0, '127.0.0.1');

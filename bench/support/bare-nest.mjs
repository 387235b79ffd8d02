// A bare Nest application that loads the packages that Kurs loads, opens the same kind of database, and does nothing.
import 'reflect-metadata';
import '@nats-io/jetstream';
import '@nats-io/transport-node';
import { HttpModule } from '@nestjs/axios';
import { Controller, Get, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import '@nestjs/microservices';
import { WsAdapter } from '@nestjs/platform-ws';
import { ScheduleModule } from '@nestjs/schedule';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import '@nestjs/websockets';
import 'axios';
import 'class-transformer';
import 'class-validator';
import 'decimal.js';
import 'dotenv';
import 'p-throttle';
import 'rxjs';
import { DataSource } from 'typeorm';
import 'ws';
import 'xml2js';

class Hello {
  hello() {
    return 'hello';
  }
}
Get()(Hello.prototype, 'hello', Object.getOwnPropertyDescriptor(Hello.prototype, 'hello'));
Controller()(Hello);
class App {}
Module({ imports: [ScheduleModule.forRoot(), HttpModule], controllers: [Hello] })(App);

const database = process.env.DATABASE_URL.replace('sqlite:', '');
await new DataSource({ type: 'better-sqlite3', database }).initialize();
const app = await NestFactory.create(App, { logger: false });
app.useWebSocketAdapter(new WsAdapter(app));
SwaggerModule.setup('docs', app, () =>
  SwaggerModule.createDocument(app, new DocumentBuilder().build()),
);
await app.listen(process.env.PORT, '127.0.0.1');

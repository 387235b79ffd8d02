// Bare Nest over SQLite that stores the rows of an answer, which its parent gives it, ready to send: nothing is
// computed, checked or compared. GIVES=rows reads and writes them the plain way, row by row and by
// JSON.stringify; GIVES=text has SQLite make the text, which no service that does anything can.
import 'reflect-metadata';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Controller, Get, Header, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Sqlite } from '#built/database/sqlite.js';
import type { AnswerOrder } from './given-answer.js';
import { onOrder, tellParent } from './parent.js';

type Cell = string | number | boolean | null;

const isText = process.env.GIVES === 'text';
const database = new Sqlite(join(mkdtempSync(join(tmpdir(), 'kurs-bench-')), 'rows.db'));
database.pragma('journal_mode = WAL');
let read: () => unknown = () => [];
onOrder(({ answer }: AnswerOrder) => {
  if (!answer) return;
  const rows = JSON.parse(Buffer.from(answer.body, 'base64').toString()) as Record<string, Cell>[];
  const names = Object.keys(rows[0] ?? {});
  const columns = names.join(', ');
  database.exec(`DROP TABLE IF EXISTS said; CREATE TABLE said (${columns})`);
  const insert = database.prepare(`INSERT INTO said VALUES (${names.map(() => '?').join(', ')})`);
  database.transaction(() => {
    for (const row of rows)
      insert.run(Object.values(row).map((cell) => (cell === false ? 0 : cell)));
  })();
  const object = `json_object(${names.map((name) => `'${name}', ${name}`).join(', ')})`;
  const wanted = isText ? `json_group_array(${object})` : '*';
  const statement = database.prepare(`SELECT ${wanted} FROM said`);
  read = isText ? () => statement.pluck().get() : () => statement.all();
  tellParent({ isReady: true });
});

@Controller()
class Rows {
  @Get('*path')
  @Header('Content-Type', 'application/json; charset=utf-8')
  rows() {
    return read();
  }
}

@Module({ controllers: [Rows] })
class App {}

const app = await NestFactory.create<NestExpressApplication>(App, { logger: false });
// As in the service, which does not hash bodies into tags.
app.disable('etag');
await app.listen(process.env.PORT ?? 0, '127.0.0.1');

// Bare Nest over SQLite that holds the rows of an answer, which its parent gives it, as they are to be said:
// nothing is worked out, checked or compared. GIVES=rows reads and writes them the plain way, row by row and
// by JSON.stringify; GIVES=text has SQLite make the text, which no service that has anything to do can.
import 'reflect-metadata';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Controller, Get, Header, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Sqlite } from '../../dist/database/sqlite.js';

const isText = process.env.GIVES === 'text';
const database = new Sqlite(join(mkdtempSync(join(tmpdir(), 'kurs-bench-')), 'rows.db'));
database.pragma('journal_mode = WAL');
let read = () => [];
process.on('message', ({ answer }) => {
  if (!answer) return;
  const rows = JSON.parse(Buffer.from(answer.body, 'base64').toString());
  const names = Object.keys(rows[0]);
  database.exec(`DROP TABLE IF EXISTS said; CREATE TABLE said (${names})`);
  const insert = database.prepare(`INSERT INTO said VALUES (${names.map(() => '?')})`);
  const cells = (row) => Object.values(row).map((cell) => (cell === false ? 0 : cell));
  database.transaction(() => rows.forEach((row) => insert.run(cells(row))))();
  const object = `json_object(${names.map((name) => `'${name}', ${name}`)})`;
  const wanted = isText ? `json_group_array(${object})` : '*';
  const statement = database.prepare(`SELECT ${wanted} FROM said`);
  read = isText ? () => statement.pluck().get() : () => statement.all();
  process.send({ isReady: true });
});

class Said {
  rows() {
    return read();
  }
}
const rows = Object.getOwnPropertyDescriptor(Said.prototype, 'rows');
for (const decorate of [Get('*path'), Header('Content-Type', 'application/json; charset=utf-8')]) {
  decorate(Said.prototype, 'rows', rows);
}
Controller()(Said);
class App {}
Module({ controllers: [Said] })(App);

const app = await NestFactory.create(App, { logger: false });
// As in the service, which does not make tags of bodies.
app.getHttpAdapter().getInstance().disable('etag');
await app.listen(process.env.PORT, '127.0.0.1');

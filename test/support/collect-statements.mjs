import { Sqlite } from '../../dist/database/sqlite.js';

/* Leaves statements to the garbage collector for a while, as TypeORM does, and lets it run while idle. */

const STATEMENTS_AT_ONCE = 50;
const ROUNDS = 150;
const OBJECTS = 30_000;
const MOST_KEPT = 40;

const database = new Sqlite(':memory:');
const kept = [];
let round = 0;
const turn = setInterval(() => {
  for (let each = 0; each < STATEMENTS_AT_ONCE; each++) {
    database.prepare(`SELECT ${round * STATEMENTS_AT_ONCE + each}`).all();
  }
  // A growing heap makes the collector run in its own tasks, outside JavaScript.
  kept.push(Array.from({ length: OBJECTS }, (_, each) => ({ each })));
  if (kept.length > MOST_KEPT) kept.splice(0, MOST_KEPT - 10);
  if (++round < ROUNDS) return;
  clearInterval(turn);
  console.log('alive');
}, 1);

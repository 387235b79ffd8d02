import base from '../../jest.config.js';
import { ROOMS } from './rooms.mjs';

/** The tests of one room, on SQLite alone: a mutant is judged a thousand times. */
export default {
  ...base,
  rootDir: '../..',
  testMatch: ROOMS[process.env.MUTATION_ROOM ?? ''].tests,
};

import { fileURLToPath } from 'node:url';
import { shared } from '../../jest.config.js';
import { ROOMS } from './rooms.mjs';

const beside = (file) => fileURLToPath(new URL(file, import.meta.url));

/** The tests of one room, on SQLite alone: no other server is started, a mutant is judged a thousand times. */
export default {
  ...shared,
  rootDir: '../..',
  testMatch: ROOMS[process.env.MUTATION_ROOM ?? ''].tests.map((file) => `<rootDir>/${file}`),
  testTimeout: 120_000,
  runner: beside('runner.mjs'),
  testEnvironment: beside('environment.cjs'),
};

import { ackLost } from './ack-lost.drill.js';
import { clock } from './clock.drill.js';
import { dbFull } from './db-full.drill.js';
import { dbLocked } from './db-locked.drill.js';
import type { Drill } from './drill.js';
import { exLeader } from './ex-leader.drill.js';
import { httpFuzz } from './http-fuzz.drill.js';
import { httpRaw } from './http-raw.drill.js';
import { kill9 } from './kill9.drill.js';
import { leaderKilled } from './leader-killed.drill.js';
import { natsAbsentAtStart } from './nats-absent-at-start.drill.js';
import { natsDown } from './nats-down.drill.js';
import { natsHung } from './nats-hung.drill.js';
import { natsWiped } from './nats-wiped.drill.js';
import { pgRestart } from './pg-restart.drill.js';
import { readsWithoutDatabase } from './reads-without-database.drill.js';
import { rollingRestart } from './rolling-restart.drill.js';
import { socketChaos } from './socket-chaos.drill.js';
import { socketFuzz } from './socket-fuzz.drill.js';
import { socketSeam } from './socket-seam.drill.js';
import { twoInstancesRace } from './two-instances-race.drill.js';

/** Every drill there is. */
export const drills: readonly Drill[] = [
  kill9,
  natsDown,
  natsAbsentAtStart,
  natsHung,
  natsWiped,
  ackLost,
  exLeader,
  dbLocked,
  dbFull,
  pgRestart,
  readsWithoutDatabase,
  twoInstancesRace,
  leaderKilled,
  rollingRestart,
  clock,
  socketSeam,
  socketChaos,
  socketFuzz,
  httpFuzz,
  httpRaw,
];

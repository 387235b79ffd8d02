import { leaveEverything } from './leaves-everything.js';

leaveEverything();

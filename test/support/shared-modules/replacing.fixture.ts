import { leaveEverything } from './leaves-everything.js';

jest.doMock('node:os', () => ({}));
leaveEverything();

import { leaveEverything } from './leaves-everything.js';

/** Types move the lines of the compiled file, which has some of its own at its beginning. */
interface Said {
  name: string;
  words?: string;
  lines?: string;
  pages?: string;
}
const said: Said = { name: 'alone' };

jest.doMock('node:os', () => ({}));
leaveEverything();
console.log(said.name);

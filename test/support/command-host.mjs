import { Writable } from 'node:stream';
import { pathToFileURL } from 'node:url';

/*
 * Runs `kurs` commands one after the other in this process, each as its own process would: the built entry file is
 * evaluated anew with its arguments, environment, working directory and outputs. What it imports is loaded once, which
 * is most of the time that a command takes.
 */

class Exit extends Error {
  constructor(code) {
    super(`exit ${code}`);
    this.code = code;
  }
}

const setOutput = (name) => {
  const chunks = [];
  const stream = new Writable({
    write: (chunk, _, done) => {
      chunks.push(chunk);
      done();
    },
  });
  Object.defineProperty(process, name, { configurable: true, value: stream });
  return () => Buffer.concat(chunks).toString();
};

/** Exit code of the entry file; undefined if it is still running, as a service is. */
const exitCodeOf = async (url, isCommand) => {
  process.exitCode = undefined;
  try {
    await import(url);
    return isCommand ? (process.exitCode ?? 0) : undefined;
  } catch (thrown) {
    if (thrown instanceof Exit) return thrown.code;
    throw thrown;
  } finally {
    process.exitCode = undefined;
  }
};

const end = process.exit.bind(process);
process.exit = (code) => {
  throw new Exit(code);
};
// Every command adds its own.
process.setMaxListeners(0);

let count = 0;
process.on('message', async ({ entry, words, environment, cwd }) => {
  const [said, complained] = [setOutput('stdout'), setOutput('stderr')];
  process.env = environment;
  process.argv = [process.execPath, entry, ...words];
  process.chdir(cwd);
  count += 1;
  const url = `${pathToFileURL(entry).href}?${count}`;
  try {
    const code = await exitCodeOf(url, words.length > 0);
    process.send({ code, said: said(), complained: complained() });
  } catch (thrown) {
    process.send({ failure: String(thrown?.stack ?? thrown) });
  }
});
process.on('disconnect', () => end(0));

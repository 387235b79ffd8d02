import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { curlExamples, documentPaths, rewriteExample } from '../support/documents.js';
import { at, EUR, IRR, JPY, sheetXml, USD, type Valute } from '../support/sheet-builder.js';
import { withKurs } from '../support/with-kurs.js';

const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
const SAME_UUID = '0f8fad5b-d9cb-469f-a165-70867728950e';
/** Writes real output into the documents: for authors, who then read the diff. */
const REWRITE = process.env.UPDATE_DOCUMENTS !== undefined;

const THURSDAY = [at(USD, '74,6340'), at(EUR, '87,6021'), at(JPY, '46,8120'), at(IRR, '54,0400')];
const FRIDAY = [at(USD, '74,9012'), at(EUR, '87,7514'), at(JPY, '46,9906'), at(IRR, '54,1001')];
const SATURDAY = [USD, EUR, JPY, at(IRR, '53,9265')];
const CORRECTED = [USD, EUR, JPY, IRR];

/** What a shell prints for `command`; of a stream, which does not end by itself, the first lines. */
function printed(command: string, lines: number): Promise<string> {
  const isStream = command.startsWith('curl -N');
  const shell = spawn('sh', ['-c', `exec ${command.replace('curl', 'curl -s')}`]);
  let output = '';
  shell.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
    if (isStream && output.split('\n').length > lines) shell.kill();
  });
  return new Promise((resolve, reject) => {
    shell.on('error', reject).on('close', () => {
      const shown = isStream ? output.split('\n').slice(0, lines).join('\n') : output;
      // Lines of CSV end with CR LF.
      resolve(shown.replaceAll('\r', '').trimEnd().replace(UUID, SAME_UUID));
    });
  });
}

describe('examples of the documents', () => {
  const fixture = withKurs({
    clock: '2026-04-23T13:05:44.987Z',
    sheets: [sheetXml('23.04.2026', THURSDAY), sheetXml('24.04.2026', FRIDAY)],
  });

  const publish = async (instant: string, valutes: Valute[]) => {
    fixture.clock.jump(instant);
    fixture.bank.publish(sheetXml('25.04.2026', valutes));
    await fixture.run();
  };

  const files = documentPaths().filter(
    (path) => curlExamples(readFileSync(path, 'utf8')).length > 0,
  );

  // Every document finds the same service, on a Sunday after a correction of Saturday's sheet.
  it.each(files)('%s shows the real answers of the service', async (path) => {
    await publish('2026-04-24T13:05:44.987Z', SATURDAY);
    await publish('2026-04-25T07:20:12.345Z', CORRECTED);
    fixture.clock.jump('2026-04-26T09:00:00Z');
    for (const example of curlExamples(readFileSync(path, 'utf8'))) {
      const command = example.command.replaceAll('http://127.0.0.1:3000', fixture.kurs.url);
      const output = await printed(command, example.output.split('\n').length);
      if (REWRITE) rewriteExample(path, example, output);
      else expect(output).toBe(example.output.replace(UUID, SAME_UUID));
    }
  });

  it('the front doors show a request, the live stream and a mirror', () => {
    for (const path of ['README.md', 'README.ru.md']) {
      const commands = curlExamples(readFileSync(path, 'utf8')).map(({ command }) => command);
      expect(commands).toEqual([
        expect.stringContaining('/v1/rates/'),
        expect.stringContaining('/v1/stream'),
        expect.stringContaining('/tsv/840/'),
      ]);
    }
  });
});

import { ALL, sheetOf, STAYED } from './euro-sheets.js';
import { QuarantineClient } from './quarantine-client.js';
import { Rows } from './rows.js';
import { withKurs } from './with-kurs.js';

/** `withKurs` on 29 December 2001, the last day with marks and francs; the next sheet, `euro`, lacks too many codes. */
export function withLastMarks(engine: string) {
  const fixture = withKurs({
    engine,
    sheets: [sheetOf('2001-12-28', ALL)],
    clock: '2001-12-29T09:00:00Z',
    settings: { CBR_MAX_SHRINK_PERCENT: '20', JUMP_LIMIT_PERCENT: '80' },
  });
  const { bank, kurs, clock } = fixture;
  const client = new QuarantineClient(() => kurs.url);
  /** Publishes a sheet, if given, on its day, and fetches. */
  const day = async (date: string, document?: string) => {
    clock.set(`${date}T09:00:00Z`);
    if (document !== undefined) bank.publish(document);
    return client.run();
  };
  beforeEach(() => day('2001-12-29', sheetOf('2001-12-29', ALL)));
  return {
    ...{ bank, kurs, clock, client, day },
    start: () => fixture.start(),
    events: async () =>
      (await new Rows(kurs).events()).map(
        ({ payload }) => JSON.parse(payload) as { code: string; effective_date: string },
      ),
    euro: (values?: Record<string, string>) => sheetOf('2002-01-01', STAYED, values),
  };
}

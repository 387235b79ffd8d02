import { withThreeSheets } from '../support/three-sheets.js';

describe('the exact rates', () => {
  const { problem } = withThreeSheets();

  const refused: [path: string, parameter: string][] = [
    ['/rates?date=2026-04-24&from=2026-04-22', 'date'],
    ['/rates?to=2026-04-22', 'to'],
    ['/rates?from=2026-04-24&to=2026-04-22', 'from'],
    ['/rates?from=2026-04-22&to=2026-05-22', 'to'],
    ['/rates?limit=5', 'limit'],
    ['/rates?from=2026-04-22&limit=0', 'limit'],
    ['/rates?from=2026-04-22&after=x', 'after'],
    ['/rates?date=2026-02-30', 'date'],
    ['/rates?date=tomorrow', 'date'],
    ['/rates?date=2026-04-24&date=2026-04-23', 'date'],
    ['/rates?codes=', 'codes'],
    ['/rates?codes=USD,USD', 'codes'],
    ['/rates?codes=RUB', 'codes'],
    ['/rates?codes=USD,EUR&quote=EUR', 'codes'],
    ['/rates?quote=EUR&restate=true', 'restate'],
    ['/rates?quote=RUR', 'quote'],
    ['/rates?from=2026-04-22&quote=RUR', 'quote'],
    ['/rates/USD/history?quote=RUR', 'quote'],
    ['/rates/USD/history?fill=calendar&quote=RUR', 'quote'],
    ['/rates/USD/history?group=week&quote=RUR', 'quote'],
    ['/rates?codes=RUB,RUR&quote=USD', 'codes'],
    ['/rates?codes=EUR,RUR&quote=USD', 'codes'],
    ['/rates?from=2026-04-22&codes=RUR&quote=USD', 'codes'],
    ['/rates/RUR?quote=USD', 'code'],
    ['/rates/RUR/history?quote=USD', 'code'],
    ['/convert?amount=1&from=USD&to=RUR', 'to'],
    ['/rates?restate=1', 'restate'],
    ['/rates?source=bank', 'source'],
    ['/rates?as_of=yesterday', 'as_of'],
    ['/rates?as_of=2030-01-01T00:00:00Z', 'as_of'],
    ['/rates?from=2026-04-22&as_of=2030-01-01T00:00:00Z', 'as_of'],
    ['/rates?page=2', 'page'],
    ['/rates/USD?quote=USD', 'quote'],
    ['/rates/RUB', 'quote'],
    ['/rates/USD?from=2026-04-22', 'from'],
    ['/rates/U', 'code'],
    ['/rates/USD/history?date=2026-04-22', 'date'],
    ['/rates/USD/history?group=day', 'group'],
    ['/rates/USD/history?group=week&fill=calendar', 'fill'],
    ['/rates/USD/history?source=all&group=week', 'source'],
    ['/rates?__proto__=1', '__proto__'],
    ['/rates/USD?constructor=1', 'constructor'],
    ['/convert?amount=1&from=USD&to=RUB&toString=1', 'toString'],
    ['/currencies?scope=old', 'scope'],
    ['/sheets/2026-02-30', 'date'],
  ];

  it('reject meaningless parameters by name', async () => {
    for (const [path, parameter] of refused) {
      const { status, errors } = await problem(path);
      const named = errors?.map((error) => error.parameter);
      expect([path, status, named]).toEqual([path, 422, [parameter]]);
    }
  });
});

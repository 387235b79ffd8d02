// Every function of the client, as its README calls them; prints the answers as one line of JSON.
import {
  getHistoricalRatesForDate,
  getLatestRates,
  getSupportedCurrencies,
  getTimeSeriesRates,
} from 'frankfurter-api-client';

const pair = { base: 'USD', symbols: ['RUB', 'EUR'] };
const date = { year: 2026, month: 4, date: 25 };
const answers = {
  latest: await getLatestRates(pair),
  historical: await getHistoricalRatesForDate({ ...pair, period: date }),
  series: await getTimeSeriesRates({ ...pair, start: date, end: date }),
  currencies: await getSupportedCurrencies(),
};
console.log(JSON.stringify(answers));

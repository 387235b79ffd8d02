// The `soap` package: node call-with-node.mjs <address of the WSDL> <1.1 | 1.2> <day>. Prints what it read, a line each.
import { createClientAsync } from 'soap';

const [, , wsdl, version, day] = process.argv;
const time = `${day}T00:00:00`;
const client = await createClientAsync(wsdl, { forceSoap12Headers: version === '1.2' });
const listOf = (rows) => (Array.isArray(rows) ? rows : rows === undefined ? [] : [rows]);
const print = (...words) => console.log(words.map((word) => String(word).trim()).join(' '));

/** Rows of an operation, as XML or as a DataSet. */
async function rows(operation, parameters, row) {
  const [answer] = await client[`${operation}Async`](parameters);
  const result = answer[`${operation}Result`];
  const { ValuteData } = operation.endsWith('XML') ? result : result.diffgram;
  return listOf(ValuteData?.[row]);
}

for (const form of ['', 'XML']) {
  const sheet = await rows(`GetCursOnDate${form}`, { On_date: time }, 'ValuteCursOnDate');
  for (const each of sheet) print('sheet', each.VchCode, each.Vnom, each.Vcurs, each.Vname);
  const range = { FromDate: time, ToDate: time };
  const series = await rows(
    `GetCursDynamic${form}`,
    { ...range, ValutaCode: 'R01235    ' },
    'ValuteCursDynamic',
  );
  // Times become Dates.
  const dayOf = (instant) =>
    new Date(+new Date(instant) + 3 * 3_600_000).toISOString().slice(0, 10);
  for (const each of series) print('series', dayOf(each.CursDate), each.Vnom, each.Vcurs);
  const dictionary = await rows(`EnumValutes${form}`, { Seld: false }, 'EnumValutes');
  for (const each of dictionary) print('currency', each.Vcode, each.VnumCode ?? '-', each.VEngname);
}
const [latest] = await client.GetLatestDateAsync({});
print('latest', latest.GetLatestDateResult);
const [newest] = await client.GetLatestDateTimeAsync({});
print('latest', new Date(newest.GetLatestDateTimeResult).getFullYear());
for (const On_date of ['nonsense', '2020-01-15T00:00:00']) {
  try {
    await client.GetCursOnDateXMLAsync({ On_date });
    print('no error for', On_date);
  } catch (thrown) {
    const told = /read request/.test(thrown.message) ? 'cannot be read' : 'failed';
    print('error:', On_date, told);
  }
}

import { xmlText } from '../answers/index.js';

/** Types of columns, as a .NET DataSet names them. */
type ColumnType = 'string' | 'decimal' | 'int' | 'double' | 'dateTime';

/** A column of a table; null leaves the element out. */
export interface Column<Row> {
  name: string;
  type: ColumnType;
  text(row: Row): string | number | null;
}

/** A table of the bank. */
export interface DataTable<Row> {
  /** Name of the data set, and root element of the XML variant. */
  dataSet: string;
  /** Element of a row. */
  row: string;
  columns: readonly Column<Row>[];
}

/** Rows of a table in one of the two forms. */
export interface TableForm<Row> {
  open: string;
  close: string;
  /** @param index place of the row in the table, from 0 */
  row: (row: Row, index: number) => string;
}

const DIFFGRAM =
  '<diffgr:diffgram xmlns:msdata="urn:schemas-microsoft-com:xml-msdata"' +
  ' xmlns:diffgr="urn:schemas-microsoft-com:xml-diffgram-v1">';

/** The table as plain XML: operations whose name ends with `XML`. @param onDate `yyyymmdd`, where the root has one */
export function xmlForm<Row>(table: DataTable<Row>, onDate?: string): TableForm<Row> {
  const { dataSet, row: name } = table;
  return {
    open: `<${dataSet}${onDate === undefined ? '' : ` OnDate="${onDate}"`} xmlns="">`,
    close: `</${dataSet}>`,
    row: (row) => `<${name}>${cellsOf(table, row)}</${name}>`,
  };
}

/** The table as a .NET DataSet: its schema, and a diffgram of its rows. */
export function dataSetForm<Row>(table: DataTable<Row>, onDate?: string): TableForm<Row> {
  const { dataSet, row: name } = table;
  return {
    open: `${schemaOf(table, onDate)}${DIFFGRAM}<${dataSet} xmlns="">`,
    close: `</${dataSet}></diffgr:diffgram>`,
    row: (row, index) =>
      `<${name} diffgr:id="${name}${index + 1}" msdata:rowOrder="${index}">${cellsOf(table, row)}</${name}>`,
  };
}

function cellsOf<Row>({ columns }: DataTable<Row>, row: Row): string {
  let cells = '';
  for (const column of columns) {
    const { name } = column;
    const cell = column.text(row);
    if (cell === null) continue;
    cells += `<${name}>${typeof cell === 'string' ? xmlText(cell) : cell}</${name}>`;
  }
  return cells;
}

function schemaOf(
  { dataSet, row, columns }: DataTable<unknown>,
  onDate: string | undefined,
): string {
  const [namespace, property] =
    onDate === undefined
      ? ['', '']
      : [' xmlns:msprop="urn:schemas-microsoft-com:xml-msprop"', ` msprop:OnDate="${onDate}"`];
  const elements = columns.map(
    ({ name, type }) => `<xs:element name="${name}" type="xs:${type}" minOccurs="0" />`,
  );
  return (
    `<xs:schema id="${dataSet}" xmlns="" xmlns:xs="http://www.w3.org/2001/XMLSchema"` +
    ` xmlns:msdata="urn:schemas-microsoft-com:xml-msdata"${namespace}>` +
    `<xs:element name="${dataSet}" msdata:IsDataSet="true" msdata:UseCurrentLocale="true"${property}>` +
    '<xs:complexType><xs:choice minOccurs="0" maxOccurs="unbounded">' +
    `<xs:element name="${row}"><xs:complexType><xs:sequence>${elements.join('')}</xs:sequence>` +
    '</xs:complexType></xs:element></xs:choice></xs:complexType></xs:element></xs:schema>'
  );
}

/** Content type of the bank's documents other than sheets. */
export const XML_TYPE = 'application/xml; charset=windows-1251';

/** Content type of a sheet in an encoding. */
export function sheetType(encoding: string): string {
  return `text/xml; charset=${encoding}`;
}

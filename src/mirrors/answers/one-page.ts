/** Rows that are in memory, as the one page of an answer that is read in pages. */
export async function* onePage<Row>(rows: readonly Row[]): AsyncGenerator<Row[]> {
  yield await Promise.resolve([...rows]);
}

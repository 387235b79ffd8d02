/** A sheet of 54 currencies, or another number, in which every price depends on `round`. */
export function sheetText(
  date: string,
  round: number,
  { count = 54, name = 'Валюта' }: { count?: number; name?: string } = {},
): string {
  const valutes = Array.from({ length: count }, (_, index) => {
    const id = `R9${String(index).padStart(4, '0')}`;
    const value = `${index + 10},${String((round * 37 + index) % 10_000).padStart(4, '0')}`;
    return (
      `<Valute ID="${id}"><NumCode>1</NumCode><CharCode>X${String(index).padStart(2, '0')}</CharCode>` +
      `<Nominal>1</Nominal><Name>${name} ${index}</Name><Value>${value}</Value></Valute>`
    );
  });
  return `<?xml version="1.0" encoding="utf-8"?><ValCurs Date="${date}" name="Foreign Currency Market">${valutes.join('')}</ValCurs>`;
}

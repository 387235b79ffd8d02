/** Decimals of currencies that do not have two (ISO 4217, minor units; List Three for withdrawn ones). */
const DECIMALS: Readonly<Record<string, number>> = {
  ...Object.fromEntries(
    (
      'ADP AFA BEF BIF BYB BYR CLP DJF ESP GNF GRD ISK ITL JPY KMF KRW LUF MGF PTE PYG ROL RWF ' +
      'TPE TRL UGX UYI VND VUV XAF XOF XPF'
    )
      .split(' ')
      .map((code) => [code, 0]),
  ),
  ...Object.fromEntries('BHD IQD JOD KWD LYD OMR TND'.split(' ').map((code) => [code, 3])),
  ...{ CLF: 4, UYW: 4 },
};

/** Units of account have no minor unit, as they are not used for payments. */
const WITHOUT = new Set(['XDR', 'XEU']);

/** Decimals of an amount; null if the currency has no minor unit. */
export function minorUnitOf(code: string): number | null {
  return WITHOUT.has(code) ? null : (DECIMALS[code] ?? 2);
}

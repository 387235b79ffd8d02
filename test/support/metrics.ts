/** The metrics of a service, as Prometheus reads them. */
export class Scrape {
  private constructor(readonly text: string) {}

  static async of(url: string): Promise<Scrape> {
    const response = await fetch(`${url}/metrics`);
    if (!response.ok) throw new Error(`/metrics answers ${response.status}`);
    return new Scrape(await response.text());
  }

  /** Every series with its labels; with a name those of one metric. */
  series(name = ''): string[] {
    const lines = this.text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    const names = lines.map((line) => line.slice(0, line.lastIndexOf(' ')));
    return names.filter((each) => each === name || each.startsWith(name === '' ? '' : `${name}{`));
  }

  /** What one series stands at; NaN where there is none. */
  value(series: string): number {
    const line = this.text.split('\n').find((each) => each.startsWith(`${series} `));
    return Number(line?.slice(series.length + 1) ?? Number.NaN);
  }

  /** The names that queries may use, those of histograms in all their parts. */
  names(): Set<string> {
    const declared = [...this.text.matchAll(/^# TYPE (\S+) (\S+)$/gm)];
    return new Set(
      declared.flatMap(([, name = '', type]) =>
        type === 'histogram' ? [`${name}_bucket`, `${name}_sum`, `${name}_count`] : [name],
      ),
    );
  }
}

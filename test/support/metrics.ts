/** Metrics of a service, as scraped by Prometheus. */
export class Scrape {
  private constructor(readonly text: string) {}

  static async of(url: string): Promise<Scrape> {
    const response = await fetch(`${url}/metrics`);
    if (!response.ok) throw new Error(`/metrics answers ${response.status}`);
    return new Scrape(await response.text());
  }

  /** All series with labels; with a name, those of one metric. */
  series(name = ''): string[] {
    const lines = this.text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    const names = lines.map((line) => line.slice(0, line.lastIndexOf(' ')));
    return names.filter((each) => each === name || each.startsWith(name === '' ? '' : `${name}{`));
  }

  /** Value of a series; NaN if it does not exist. */
  value(series: string): number {
    const line = this.text.split('\n').find((each) => each.startsWith(`${series} `));
    return Number(line?.slice(series.length + 1) ?? Number.NaN);
  }

  /** Names for queries; a histogram has several. */
  names(): Set<string> {
    const declared = [...this.text.matchAll(/^# TYPE (\S+) (\S+)$/gm)];
    return new Set(
      declared.flatMap(([, name = '', type]) =>
        type === 'histogram' ? [`${name}_bucket`, `${name}_sum`, `${name}_count`] : [name],
      ),
    );
  }
}

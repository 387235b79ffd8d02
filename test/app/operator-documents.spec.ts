import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { Scrape } from '../support/metrics.js';
import { namesIn } from '../support/promql.js';
import { sheetXml, USD } from '../support/sheet-builder.js';
import { withKurs } from '../support/with-kurs.js';

interface Rule {
  alert: string;
  expr: string;
  for: string;
  labels: { severity: string };
  annotations: { summary: string; description: string; runbook_url: string };
}
interface Panel {
  id: number;
  type: string;
  title: string;
  datasource?: { uid: string };
  targets?: { expr: string; datasource: { uid: string } }[];
}

const { groups } = load(readFileSync('docs/alerts.yml', 'utf8')) as { groups: { rules: Rule[] }[] };
const rules = groups.flatMap((group) => group.rules);
const dashboard = JSON.parse(readFileSync('docs/grafana.json', 'utf8')) as {
  panels: Panel[];
  schemaVersion: number;
  templating: { list: { name: string; definition?: string }[] };
};
const manuals = [
  { folder: 'docs/operations', parts: ['**Means:**', '**Do:**', '**Over when**'] },
  {
    folder: 'docs/ru/operations',
    parts: ['**Что случилось:**', '**Что делать:**', '**Прошло, когда**'],
  },
].map(({ folder, parts }) => ({
  ...{ folder, parts },
  runbook: readFileSync(`${folder}/alerts.md`, 'utf8'),
  monitoring: readFileSync(`${folder}/monitoring.md`, 'utf8'),
}));
const queries = dashboard.panels.flatMap(({ title, targets = [] }) =>
  targets.map(({ expr }) => ({ title, expr })),
);

/** Labels that Prometheus adds to scraped metrics. */
const SCRAPED = ['up'];
const TARGET_LABELS = ['job', 'instance', 'le'];

describe('operator documents', () => {
  let scrape: Scrape;

  const { kurs } = withKurs({ sheets: [sheetXml('25.04.2026', [USD])], once: true });

  beforeAll(async () => {
    await fetch(`${kurs.url}/v1/status`);
    scrape = await Scrape.of(kurs.url);
  });

  const expectToExist = (expr: string) => {
    const { metrics, labels } = namesIn(expr);
    const known = scrape.names();
    expect(metrics.length).toBeGreaterThan(0);
    expect(metrics.filter((name) => !known.has(name) && !SCRAPED.includes(name))).toEqual([]);
    const used = new Set([...scrape.text.matchAll(/[{,](\w+)="/g)].map(([, label]) => label));
    // Labels of what has not been counted yet: a process may not have collected garbage.
    for (const label of [...TARGET_LABELS, 'reason', 'kind']) used.add(label);
    expect(labels.filter((label) => !used.has(label))).toEqual([]);
  };

  it.each(rules)('the rule $alert uses existing metrics', ({ expr }) => expectToExist(expr));

  it.each(queries)('the panel "$title" shows existing metrics: $expr', ({ expr }) =>
    expectToExist(expr),
  );

  it('the rules cover every condition that an operator must know', () => {
    expect(rules.map(({ alert }) => alert)).toEqual(
      expect.arrayContaining([
        ...['KursDown', 'KursDatabaseDown', 'KursSheetLate', 'KursSheetStale'],
        ...['KursBacklogGrowing', 'KursQuarantine', 'KursNoLeader', 'KursCircuitOpen'],
        'KursEventLoopLag',
      ]),
    );
  });

  it.each(rules)('$alert describes the problem, and links to the remedy', (rule) => {
    const { summary, description, runbook_url } = rule.annotations;
    expect(summary.length).toBeGreaterThan(10);
    expect(description.length).toBeGreaterThan(20);
    expect(['warning', 'critical']).toContain(rule.labels.severity);
    expect(rule.for).toMatch(/^\d+m$/);
    expect(runbook_url).toBe(`operations/alerts.md#${rule.alert.toLowerCase()}`);
    for (const { runbook, parts } of manuals) {
      const [, section = ''] = runbook.split(`\n### ${rule.alert}\n`);
      const [own = ''] = section.split('\n### ');
      for (const part of parts) expect(own).toContain(part);
    }
  });

  it.each(manuals)('the runbook in $folder has no section of a removed alert', ({ runbook }) => {
    const sections = [...runbook.matchAll(/^### (\w+)$/gm)].map(([, name]) => name);
    expect(sections).toEqual(rules.map(({ alert }) => alert));
  });

  it.each(manuals)('$folder names existing metrics', ({ runbook, monitoring }) => {
    const named = [
      ...(monitoring + runbook).matchAll(/\b((?:kurs|nodejs|process)_[a-z][a-z0-9_]*[a-z0-9])\b/g),
    ];
    expect(named.length).toBeGreaterThan(20);
    const families = new Set([...scrape.text.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name));
    expect(named.map(([, name]) => name).filter((name) => !families.has(name))).toEqual([]);
  });

  it('the dashboard can be imported: panel ids are unique, and the data source is selectable', () => {
    const ids = dashboard.panels.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(dashboard.schemaVersion).toBeGreaterThanOrEqual(39);
    const variables = dashboard.templating.list.map(({ name }) => name);
    for (const [name] of JSON.stringify(dashboard.panels).matchAll(/(?<=\$\{?)[a-z]\w+/g)) {
      expect(variables).toContain(name);
    }
    for (const { type, targets = [] } of dashboard.panels) {
      if (type === 'row') continue;
      expect(targets.length).toBeGreaterThan(0);
      for (const { datasource } of targets) expect(datasource.uid).toBe('${datasource}');
    }
  });

  it('the reader of queries is strict', () => {
    expect(
      namesIn('sum by (a) (rate(kurs_x_total{b="c{d}"}[5m])) > 0.5 or time() - kurs_y'),
    ).toEqual({ metrics: ['kurs_x_total', 'kurs_y'], labels: ['b', 'a'] });
    expect(() => namesIn('sum(kurs_x')).toThrow('Brackets');
  });
});

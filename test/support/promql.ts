/** Keywords and functions of PromQL used by the rules and the dashboard. */
const WORDS = new Set(
  (
    'abs avg by clamp_min count group_left histogram_quantile increase ignoring label_values max min on or and ' +
    'unless rate sum time topk bool offset vector without'
  ).split(' '),
);
const GROUPED = /\b(?:by|on|without|ignoring)\s*\(([^()]*)\)/g;
const MATCHERS = /\{([^{}]*)\}/g;

/** Names in a query. */
export interface PromQlNames {
  metrics: string[];
  labels: string[];
}

/**
 * Extracts the names in a query.
 *
 * @throws if brackets do not match
 */
export function namesIn(query: string): PromQlNames {
  const labels: string[] = [];
  const bare = query.replace(/"(?:[^"\\]|\\.)*"/g, '""');
  refuseUnbalanced(bare);
  const metrics = bare
    .replace(MATCHERS, (_, inner: string) => {
      for (const [, label = ''] of inner.matchAll(/(\w+)\s*(?:=~|!~|!=|=)/g)) labels.push(label);
      return ' ';
    })
    .replace(GROUPED, (_, inner: string) => {
      labels.push(...inner.split(',').map((label) => label.trim()));
      return ' ';
    })
    .replace(/\[[^[\]]*\]/g, ' ')
    .match(/\b[a-zA-Z_:][\w:]*/g);
  return { metrics: (metrics ?? []).filter((name) => !WORDS.has(name)), labels };
}

function refuseUnbalanced(query: string): void {
  const pairs: Record<string, string> = { ')': '(', '}': '{', ']': '[' };
  const open: string[] = [];
  for (const character of query) {
    if ('({['.includes(character)) open.push(character);
    const partner = pairs[character];
    if (partner !== undefined && open.pop() !== partner) throw new Error(`Brackets: ${query}`);
  }
  if (open.length > 0) throw new Error(`Brackets: ${query}`);
}

/*
 * Subjects of NATS: tokens joined by dots; `*` stands for one token, `>` at the end for one or more
 * (https://docs.nats.io/nats-concepts/subjects).
 */

/** Whether every subject that `other` matches is matched by `pattern`. */
export function covers(pattern: string, other: string): boolean {
  const [wide, narrow] = [pattern.split('.'), other.split('.')];
  for (const [index, token] of wide.entries()) {
    const against = narrow[index];
    if (against === undefined) return false;
    if (token === '>') return true;
    if (against === '>' || (token !== '*' && token !== against)) return false;
  }
  return wide.length === narrow.length;
}

/** Whether there is a subject that both patterns match. */
export function overlaps(one: string, other: string): boolean {
  const [left, right] = [one.split('.'), other.split('.')];
  for (const [index, token] of left.entries()) {
    const against = right[index];
    if (against === undefined) return false;
    if (token === '>' || against === '>') return true;
    if (token !== '*' && against !== '*' && token !== against) return false;
  }
  return left.length === right.length;
}

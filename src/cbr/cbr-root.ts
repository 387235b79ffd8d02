import { parseString } from 'xml2js';
import { messageOf } from '../common/message-of.js';
import { rejectWebPage } from './cbr-text.js';
import { CbrError } from './cbr.errors.js';
import { rejectBomb } from './xml-bomb.js';

/** Element as xml2js returns it with `explicitCharkey`: text, attributes, and children by name. */
export interface XmlElement {
  _?: string;
  $?: Record<string, string>;
  [child: string]: XmlElement[] | Record<string, string> | string | undefined;
}

/**
 * Parses a document of the bank and returns its root element.
 *
 * @throws CbrError unless it is a complete document with the root `name`; also for the bank's error documents
 */
export function rootOf(text: string, name: 'ValCurs' | 'Valuta'): XmlElement {
  const start = text.replace(/^\ufeff?\s*(?:<\?xml[^>]*\?>)?\s*/, '');
  rejectWebPage(start);
  if (start === '') throw new CbrError('empty', 'The answer is empty');
  // A DOCTYPE could declare entities; the bank has never sent one.
  if (start.startsWith('<!')) throw new CbrError('malformed', 'The answer has a DOCTYPE');
  const found = /^<([^\s>/]{1,40})/.exec(start)?.[1];
  if (found === undefined) throw new CbrError('malformed', 'The answer is not XML');
  // The bank has one error document for all requests.
  if (found !== name && found !== 'ValCurs') throw wrongRoot(found, name);
  if (!isWhole(start, found)) {
    throw new CbrError('truncated', `The answer ends before </${found}>`);
  }
  // xml2js ignores everything after the first root element.
  if (start.indexOf(`</${found}`) !== start.lastIndexOf(`</${found}`)) {
    throw new CbrError('malformed', `The answer continues after </${found}>`);
  }
  rejectBomb(start);
  const root = parsed(text, found);
  if (/error in parameters/i.test(root._ ?? '')) {
    throw new CbrError('error_in_parameters', 'The bank answers "Error in parameters"');
  }
  if (found !== name) throw wrongRoot(found, name);
  return root;
}

/** Whether the text ends with the root's end tag, or is a single self-closing root. */
function isWhole(text: string, root: string): boolean {
  const opening = text.slice(0, text.indexOf('>') + 1);
  const whole = text.trimEnd();
  if (opening.endsWith('/>')) return whole === opening;
  return whole.endsWith('>') && whole.slice(0, -1).trimEnd().endsWith(`</${root}`);
}

function wrongRoot(found: string, name: string): CbrError {
  return new CbrError('wrong_root', `The root element is <${found}>, not <${name}>`);
}

function parsed(text: string, name: string): XmlElement {
  let outcome: { failure: Error | null; tree: Record<string, XmlElement> | null } | undefined;
  const options = { explicitCharkey: true, explicitArray: true, trim: true, emptyTag: () => ({}) };
  // Synchronous, despite its callback; after a failure it may call back again.
  parseString(text, options, (failure, tree) => {
    outcome ??= { failure, tree: tree as Record<string, XmlElement> | null };
  });
  const root = outcome?.tree?.[name];
  if (!outcome || outcome.failure || !root) {
    const reason = outcome?.failure ? messageOf(outcome.failure) : 'no root element';
    throw new CbrError('malformed', `The answer is not well-formed XML: ${reason}`);
  }
  return root;
}

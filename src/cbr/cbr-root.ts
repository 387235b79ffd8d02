import { parseString } from 'xml2js';
import { messageOf } from '../common/message-of.js';
import { refuseWebPage } from './cbr-text.js';
import { CbrError } from './cbr.errors.js';
import { refuseBomb } from './xml-bomb.js';

/** An element as xml2js gives it with `explicitCharkey`: text, attributes, and children by name. */
export interface XmlElement {
  _?: string;
  $?: Record<string, string>;
  [child: string]: XmlElement[] | Record<string, string> | string | undefined;
}

/**
 * The root element of one of the bank's documents.
 *
 * @throws CbrError for whatever is not a whole document with the root `name`, the bank's refusals included
 */
export function rootOf(text: string, name: 'ValCurs' | 'Valuta'): XmlElement {
  const start = text.replace(/^\ufeff?\s*(?:<\?xml[^>]*\?>)?\s*/, '');
  refuseWebPage(start);
  if (start === '') throw new CbrError('empty', 'The answer is empty');
  // A document type could declare entities; the bank has never sent one.
  if (start.startsWith('<!')) throw new CbrError('malformed', 'The answer has a document type');
  const found = /^<([^\s>/]{1,40})/.exec(start)?.[1];
  if (found === undefined) throw new CbrError('malformed', 'The answer is not XML');
  // The bank refuses in one way, whatever was asked for.
  if (found !== name && found !== 'ValCurs') throw wrongRoot(found, name);
  if (!isWhole(start, found)) {
    throw new CbrError('truncated', `The answer ends before </${found}>`);
  }
  // The parser is content with the first root, and says nothing of what follows.
  if (start.indexOf(`</${found}`) !== start.lastIndexOf(`</${found}`)) {
    throw new CbrError('malformed', `The answer goes on behind </${found}>`);
  }
  refuseBomb(start);
  const root = parsed(text, found);
  if (/error in parameters/i.test(root._ ?? '')) {
    throw new CbrError('error_in_parameters', 'The bank answers "Error in parameters"');
  }
  if (found !== name) throw wrongRoot(found, name);
  return root;
}

/** Ends with the end of its root, or is a root that ends at once and nothing more. */
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

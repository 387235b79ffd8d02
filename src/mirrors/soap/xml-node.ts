import { Parser } from 'xml2js';
import { rejectBomb } from '../../cbr/xml-bomb.js';

/** Name of an element or attribute. */
interface QualifiedName {
  uri: string;
  local: string;
}

/** Element as xml2js returns it with OPTIONS. */
export interface XmlNode {
  /** With its prefix. */
  '#name': string;
  $ns: QualifiedName;
  /** Text; absent if it is blank. */
  _?: string;
  $?: Record<string, QualifiedName & { value: string }>;
  /** Children in their order. */
  $$?: XmlNode[];
}

/** A call has a dozen elements and attributes; parsing thousands takes 50 ms. */
const MOST_TAGS = 500;
const MOST_ATTRIBUTES = 500;

/** No document may contain it (XML 1.0, 2.2). */
const NO_CHARACTER = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

const OPTIONS = {
  xmlns: true,
  explicitCharkey: true,
  explicitRoot: false,
  explicitChildren: true,
  preserveChildrenOrder: true,
};

/**
 * The root element of a short document.
 *
 * @throws an error if it is malformed, too complex, or has a DOCTYPE, which could declare entities
 */
export function rootOf(text: string): XmlNode {
  if (/<!DOCTYPE/i.test(text)) throw new Error('DTD is prohibited in this XML document.');
  if (text.split('<').length > MOST_TAGS || text.split('=').length > MOST_ATTRIBUTES) {
    throw new Error('The document has too many elements or attributes.');
  }
  if (NO_CHARACTER.test(text)) throw new Error('The document has an invalid character.');
  rejectBomb(text);
  let outcome: { failure: Error | null; root: XmlNode | null } | undefined;
  // Synchronous, despite its callback; after a failure it may call back again, or throw.
  uniqueParser().parseString(text, (failure: Error | null, root: XmlNode | null) => {
    outcome ??= { failure, root };
  });
  if (outcome?.failure) throw outcome.failure;
  if (!outcome?.root) throw new Error('Root element is missing.');
  rejectTrailing(text, outcome.root);
  return outcome.root;
}

/** Parser that rejects a second attribute of the same name: sax keeps the last one. */
function uniqueParser(): Parser {
  const parser = new Parser(OPTIONS);
  const { saxParser } = parser as unknown as { saxParser: SaxEvents };
  let names = new Set<string>();
  saxParser.onopentagstart = () => (names = new Set());
  saxParser.onattribute = ({ name }) => {
    if (names.has(name)) throw new Error(`The attribute ${name} stands twice.`);
    names.add(name);
  };
  return parser;
}

/** Events of sax that xml2js does not use itself. */
interface SaxEvents {
  onopentagstart: () => void;
  onattribute: (attribute: { name: string }) => void;
}

/** xml2js ignores everything after the first root element. */
function rejectTrailing(text: string, { '#name': name }: XmlNode): void {
  const end = `</${name}`;
  const at = text.indexOf(end);
  if (at !== -1 && text.slice(at + end.length).trim() === '>') return;
  throw new Error('Data at the root level is invalid.');
}

/** The first child of that name in a namespace. */
export function childOf(
  { $$: children = [] }: XmlNode,
  { uri, local }: QualifiedName,
): XmlNode | undefined {
  return children.find(({ $ns }) => $ns.local === local && $ns.uri === uri);
}

type Attribute = string | number | boolean | null | undefined | ((event: never) => void);
type Attributes = Record<string, Attribute>;
type Child = Node | string | null | undefined | false;
export type Children = readonly (Child | readonly Child[])[];

const SVG = 'http://www.w3.org/2000/svg';

/** The browser's document; in the service, one that makes markup. */
let maker: Pick<Document, 'createElement' | 'createElementNS'> = globalThis.document;

export function makeElementsIn(document: Document): void {
  maker = document;
}

/** Creates an element with attributes, listeners (`onclick`) and children; null and false are skipped. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: Children
): HTMLElementTagNameMap[Name] {
  return furnished(maker.createElement(name), attributes, children);
}

/** The same for SVG. */
export function drawn(
  name: string,
  attributes: Attributes = {},
  ...children: Children
): SVGElement {
  return furnished(maker.createElementNS(SVG, name), attributes, children);
}

function furnished<Kind extends Element>(
  node: Kind,
  attributes: Attributes,
  children: Children,
): Kind {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') node.addEventListener(name.slice(2), value as EventListener);
    else if (value !== null && value !== undefined && value !== false) {
      node.setAttribute(name, value === true ? '' : String(value));
    }
  }
  node.append(...present(children));
  return node;
}

/** A button that does not submit a form. */
export function button(attributes: Attributes, ...children: Children): HTMLButtonElement {
  return element('button', { type: 'button', ...attributes }, ...children);
}

/** A control with its label. */
export function field(
  control: HTMLElement,
  text: string,
  attributes: Attributes = {},
): HTMLElement {
  return element(
    'div',
    { class: 'field', ...attributes },
    element('label', { for: control.id }, text),
    control,
  );
}

/** Replaces the children of an element. */
export function fill<Kind extends Element>(node: Kind, ...children: Children): Kind {
  node.replaceChildren(...present(children));
  return node;
}

function present(children: Children): (Node | string)[] {
  return children
    .flat()
    .filter((child) => child !== null && child !== undefined && child !== false);
}

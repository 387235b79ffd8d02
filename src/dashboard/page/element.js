const SVG = 'http://www.w3.org/2000/svg';

/** Creates an element with attributes, listeners (`onclick`) and children; null and false are skipped. */
export function element(name, attributes = {}, ...children) {
  return furnished(document.createElement(name), attributes, children);
}

/** The same for SVG. */
export function drawn(name, attributes = {}, ...children) {
  return furnished(document.createElementNS(SVG, name), attributes, children);
}

function furnished(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') node.addEventListener(name.slice(2), value);
    else if (value !== null && value !== undefined && value !== false) {
      node.setAttribute(name, value === true ? '' : value);
    }
  }
  node.append(...children.flat().filter((child) => child !== null && child !== false));
  return node;
}

/** A button that does not submit a form. */
export function button(attributes, ...children) {
  return element('button', { type: 'button', ...attributes }, ...children);
}

/** A control with its label. */
export function field(control, text, attributes = {}) {
  return element(
    'div',
    { class: 'field', ...attributes },
    element('label', { for: control.id }, text),
    control,
  );
}

/** Replaces the children of an element. */
export function fill(node, ...children) {
  node.replaceChildren(...children.flat().filter((child) => child !== null && child !== false));
  return node;
}

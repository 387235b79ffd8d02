const CONTROLS = 'a[href], button, input, select, summary';

type Field = HTMLInputElement | HTMLSelectElement;

/**
 * What the reader did in the page that the service painted: the focus, and what was typed or chosen. The page's script
 * makes all controls anew.
 */
export class EarlyReader {
  readonly #focused = markOf(document.activeElement);
  readonly #values = new Map(
    [...document.querySelectorAll<Field>('input[id], select[id]')]
      .filter((field) => field.value !== paintedValue(field))
      .map((field) => [field.id, field.value]),
  );

  /** Focuses the control that is like it, if there is one by now. */
  restoreFocus(): void {
    if (this.#focused === null || document.activeElement !== document.body) return;
    const controls = [...document.querySelectorAll<HTMLElement>(CONTROLS)];
    controls.find((control) => markOf(control) === this.#focused)?.focus({ preventScroll: true });
  }

  /** Types again; to be called when all controls are there. */
  restore(): void {
    this.restoreFocus();
    for (const [id, value] of this.#values) {
      const field = document.getElementById(id) as Field | null;
      if (field === null || field.value === value) continue;
      field.value = value;
      field.dispatchEvent(new Event('input', { bubbles: true }));
    }
  }
}

function paintedValue(field: Field): string | undefined {
  if (field instanceof HTMLInputElement) return field.defaultValue;
  const options = [...field.options];
  return (options.find(({ defaultSelected }) => defaultSelected) ?? options[0])?.value;
}

function markOf(node: Element | null): string | null {
  if (!node?.matches(CONTROLS)) return null;
  const label = node.getAttribute('aria-label') ?? node.textContent;
  const address = node instanceof HTMLAnchorElement ? node.href : '';
  return [node.localName, address, node.id, label].join('\n');
}

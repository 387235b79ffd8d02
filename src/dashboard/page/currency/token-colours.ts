/** Colours of `tokens.css` for a canvas, which draws no `light-dark()`: the style of an element resolves them. */
export class TokenColours {
  readonly #node: HTMLElement;
  readonly #known = new Map<string, string>();

  constructor(node: HTMLElement) {
    this.#node = node;
  }

  of(token: string): string {
    const known = this.#known.get(token);
    if (known !== undefined) return known;
    const { style } = this.#node;
    style.color = `var(${token})`;
    const { color } = getComputedStyle(this.#node);
    style.color = '';
    this.#known.set(token, color);
    return color;
  }

  /** To be called when the theme changes. */
  forget(): void {
    this.#known.clear();
  }
}

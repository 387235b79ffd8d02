/** Remembers what an element shows: equal content is not made again, which would need a new layout. */
export class Shown {
  #text = '';

  /** Whether it shows just this; it does from now on. */
  isSame(...content: readonly unknown[]): boolean {
    const text = JSON.stringify(content);
    if (text === this.#text) return true;
    this.#text = text;
    return false;
  }
}

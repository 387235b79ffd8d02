import type { Context } from '../context.js';
import { element } from './element.js';

/** Link to the list of all rates. */
export function backLink({ service, tongue }: Context): HTMLElement {
  const link = element('a', { href: service.address('') }, `← ${tongue.words.back}`);
  return element('p', { class: 'back' }, link);
}

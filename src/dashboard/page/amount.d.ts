import type { Language } from './shapes.js';

export function amountIn(typed: string, language: Language): string | null;

import type { Language } from './shapes.js';

export function shown(text: string | number, language: Language): string;
export function shownChange(text: string, language: Language): string;
export function directionOf(text: string): 'up' | 'down' | 'same';

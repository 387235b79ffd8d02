import type { Language } from './shapes.js';

export function addDays(day: string, count: number): string;
export function monthsBefore(day: string, count: number): string;
export function moscowDay(instant?: Date): string;
export function secondsOf(day: string): number;

export class Calendar {
  constructor(language: Language);
  long(day: string): string;
  weekday(day: string): string;
  short(day: string): string;
  mark(seconds: number, step: number): string;
  moment(instant: string): string;
}

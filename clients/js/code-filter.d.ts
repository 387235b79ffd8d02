export class CodeFilter {
  constructor(codes?: readonly string[]);
  get codes(): string[] | undefined;
  get isFiltered(): boolean;
  accepts(code: string): boolean;
  add(codes: readonly string[]): void;
  remove(codes: readonly string[]): void;
}

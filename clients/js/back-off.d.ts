export class BackOff {
  constructor(limits: { firstMs: number; mostMs: number }, random?: () => number);
  nextMs(): number;
  reset(): void;
}

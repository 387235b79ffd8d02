/** Requested source: the bank's rates, manual ones, or whichever is newer. */
export const SOURCE_CHOICES = ['cbr', 'manual', 'all'] as const;
export type SourceChoice = (typeof SOURCE_CHOICES)[number];

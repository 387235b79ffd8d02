/** Whose rates are asked for: the bank's, those made by people, or whichever is newer. */
export const SOURCE_CHOICES = ['cbr', 'manual', 'all'] as const;
export type SourceChoice = (typeof SOURCE_CHOICES)[number];

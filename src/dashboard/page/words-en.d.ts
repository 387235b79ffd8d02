export const ENGLISH: Record<string, unknown>;

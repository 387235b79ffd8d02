export const RUSSIAN: Record<string, unknown>;

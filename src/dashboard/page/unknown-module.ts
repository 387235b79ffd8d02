let loaded: typeof import('./unknown-view.js') | undefined;

/**
 * The module for addresses that name nothing. Once it is there, no frame is drawn before it is used, as after an
 * import.
 */
export async function unknownModule(): Promise<typeof import('./unknown-view.js')> {
  return (loaded ??= await import('./unknown-view.js'));
}

/** As much of Trusted Types as the page needs. */
interface TrustedTypes {
  createPolicy: (
    name: string,
    rules: { createScriptURL: (address: string) => string },
  ) => { createScriptURL: (address: string) => string };
}

/** Lets the browser keep the page for times without the service. Over plain HTTP it does so on its own machine only. */
export async function keepPage(base: string): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  const address = `${base}worker.js`;
  // The one address that becomes a script; the policy of the page allows no other rule.
  const policy = trustedTypes?.createPolicy('kurs-worker', { createScriptURL: () => address });
  try {
    await navigator.serviceWorker.register(policy?.createScriptURL(address) ?? address);
  } catch (refusal) {
    console.info('The page is not kept:', (refusal as Error).message);
  }
}

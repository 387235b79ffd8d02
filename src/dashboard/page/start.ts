// Not a module: it loads those of the page once the rates are drawn. Loaded before, they would hold up the rates.
{
  /** A slow machine stays free for its reader between two groups. */
  const TOGETHER = 8;

  const parts = (document.getElementById('script') as HTMLTemplateElement).content.children;

  const load = () => {
    document.head.append(...[...parts].slice(0, TOGETHER));
    if (parts.length > 0) setTimeout(load);
  };

  if (document.visibilityState === 'hidden') load();
  // The frame is drawn after its callbacks.
  else requestAnimationFrame(() => setTimeout(load));
}

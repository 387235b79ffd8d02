// Not a module: it runs before the first paint, to avoid a white flash with the dark theme.
try {
  const theme = localStorage.getItem('kurs.theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch (refusal) {
  console.info('Using the system’s theme:', (refusal as Error).message);
}

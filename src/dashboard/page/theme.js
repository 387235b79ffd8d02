// No module: it runs before anything is seen, so that nobody who wants the dark is shown a white page first.
try {
  const theme = localStorage.getItem('kurs.theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch (refusal) {
  console.info('The system’s theme is taken:', refusal.message);
}

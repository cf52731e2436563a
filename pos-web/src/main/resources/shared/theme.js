// Runs before the first paint: the page's theme is the person's choice, else the system's.
(() => {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const show = () => {
    const chosen = localStorage.getItem('refahub.theme');
    const theme = chosen === 'light' || chosen === 'dark' ? chosen : dark.matches ? 'dark' : 'light';
    document.documentElement.dataset.bsTheme = theme;
    document.documentElement.dataset.themeChosen = chosen ?? 'system';
  };
  dark.addEventListener('change', show);
  addEventListener('refahub-theme', show);
  addEventListener('storage', show);
  show();
})();

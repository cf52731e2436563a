/** The person's choice of theme: 'system', 'light' or 'dark'. */
export const theme = () => localStorage.getItem('refahub.theme') ?? 'system';

export function chooseTheme(choice) {
  if (choice === 'system') localStorage.removeItem('refahub.theme');
  else localStorage.setItem('refahub.theme', choice);
  dispatchEvent(new Event('refahub-theme'));
}

/** System → light → dark → system. */
export function nextTheme() {
  const order = ['system', 'light', 'dark'];
  chooseTheme(order[(order.indexOf(theme()) + 1) % order.length]);
  return theme();
}

/** Light, dark, or as the system says. Kept in this browser; applied before the first render. */

export type Theme = 'auto' | 'light' | 'dark';

const storageKey = 'trunkline.theme';

export function theme(): Theme {
  const kept = localStorage.getItem(storageKey);
  return kept === 'light' || kept === 'dark' ? kept : 'auto';
}

export function setTheme(chosen: Theme): void {
  if (chosen === 'auto') localStorage.removeItem(storageKey);
  else localStorage.setItem(storageKey, chosen);
  applyTheme();
}

export function applyTheme(): void {
  document.documentElement.dataset['theme'] = theme();
}

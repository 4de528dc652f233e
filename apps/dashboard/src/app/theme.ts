/** How the page is colored. */
export type Theme = 'light' | 'dark'

const KEY = 'tollgate.theme'

/** Colors the page as it was chosen in this tab, else as the system prefers. Returns the theme. */
export function applyTheme(): Theme {
  const chosen = sessionStorage.getItem(KEY)
  const theme = chosen === 'light' || chosen === 'dark' ? chosen : matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'
  document.documentElement.dataset['theme'] = theme
  return theme
}

/** Chooses the theme of this tab, and tells charts, which draw their colors themselves. */
export function chooseTheme(theme: Theme): void {
  sessionStorage.setItem(KEY, theme)
  document.documentElement.dataset['theme'] = theme
  dispatchEvent(new CustomEvent('themechange'))
}

/** Colors that people with any color vision can tell apart, after Okabe and Ito, adapted to light and dark surfaces. */
const COLORS = {
  light: ['#0b6e99', '#c2570c', '#16794c', '#8f3f97', '#9a6b00', '#2f5fd0', '#b3265e', '#5b6470'],
  dark: ['#5cc4f0', '#ff9d5c', '#5fd39b', '#dd94e4', '#e8bd4a', '#8fb0ff', '#ff87b0', '#aab4c0'],
} as const

const OTHER = { light: '#8b939c', dark: '#77808a' } as const

const assigned = new Map<string, number>()

/**
 * Returns the color of something, such as a model: the same in every chart and view of this tab, whatever its rank there.
 * `kind` keeps names of different dimensions apart.
 */
export function colorOf(kind: string, name: string | null): string {
  const theme = themeOfPage()
  if (name === null) return OTHER[theme]
  const key = `${kind} ${name}`
  let at = assigned.get(key)
  if (at === undefined) {
    at = [...assigned.keys()].filter(other => other.startsWith(`${kind} `)).length
    assigned.set(key, at)
  }
  const colors = COLORS[theme]
  return colors[at % colors.length] ?? OTHER[theme]
}

/** The color of "other" and of "none". */
export function otherColor(): string {
  return OTHER[themeOfPage()]
}

/** Returns the color that stands for the same thing in a theme. */
export function colorIn(theme: 'light' | 'dark', color: string): string {
  if (color === OTHER.light || color === OTHER.dark) return OTHER[theme]
  const at = Math.max(COLORS.light.indexOf(color as never), COLORS.dark.indexOf(color as never))
  return COLORS[theme][at] ?? color
}

/** Returns the theme in which the page is shown. */
export function themeOfPage(): 'light' | 'dark' {
  return document.documentElement.dataset['theme'] === 'dark' ? 'dark' : 'light'
}

/** Codes that `Intl` names and ISO 3166-1 does not assign: reserved places, groups of countries and placeholders. */
const NOT_ASSIGNED: ReadonlySet<string> = new Set('AC CP CQ DG EA EU EZ IC QO TA UN XA XB ZZ'.split(' '))

const COUNTRY_NAMES = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' })

/** Whether the text is a country of ISO 3166-1 alpha-2, or "XK", by which banks and the European Union know Kosovo. */
export function isCountry(code: string): boolean {
  // Codes of former countries have a name, but another canonical form.
  return (
    /^[A-Z]{2}$/.test(code) && !NOT_ASSIGNED.has(code) && COUNTRY_NAMES.of(code) !== undefined && Intl.getCanonicalLocales(`und-${code}`)[0] === `und-${code}`
  )
}

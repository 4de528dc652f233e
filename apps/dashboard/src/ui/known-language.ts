/** Returns the language of the browser if `Intl` knows it, else English. Browsers under the POSIX locale report "en-US@posix". */
export function knownLanguage(language: string): string {
  try {
    return Intl.getCanonicalLocales(language)[0] ?? 'en'
  } catch {
    return 'en'
  }
}

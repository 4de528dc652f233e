import type { InvoiceMessages } from './invoice-messages.ts'
import { ENGLISH } from './english.ts'
import { FRENCH } from './french.ts'
import { GERMAN } from './german.ts'
import { SPANISH } from './spanish.ts'

const CATALOGUE: Readonly<Record<string, InvoiceMessages>> = { en: ENGLISH, de: GERMAN, fr: FRENCH, es: SPANISH }

/** The languages that invoices can be printed in. */
export const INVOICE_LANGUAGES = Object.keys(CATALOGUE)

/** The texts to print, and their language. */
export interface ChosenMessages {
  /** ISO 639, such as "de". */
  readonly language: string
  readonly messages: InvoiceMessages
}

/** Returns the texts of the language of a locale, with those that replace them. A language without texts falls back to English. */
export function messagesFor(locale: string, texts: Readonly<Record<string, Partial<InvoiceMessages>>> = {}): ChosenMessages {
  const wanted = languageOf(locale)
  const own = Object.hasOwn(texts, wanted) ? texts[wanted] : undefined
  const known = Object.hasOwn(CATALOGUE, wanted) ? CATALOGUE[wanted] : undefined
  const language = own !== undefined || known !== undefined ? wanted : 'en'
  const messages = known ?? ENGLISH
  const replaced = own ?? texts[language]
  if (replaced === undefined) return { language, messages }
  return {
    language,
    messages: {
      ...messages,
      ...replaced,
      statuses: { ...messages.statuses, ...replaced.statuses },
      taxNames: { ...messages.taxNames, ...replaced.taxNames },
      units: { ...messages.units, ...replaced.units },
    },
  }
}

/** Replaces "{name}" by the values. */
export function fill(text: string, values: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\{(\w+)\}/g, (placeholder, name: string) => values[name] ?? placeholder)
}

/** A locale that is not one is English. */
function languageOf(locale: string): string {
  try {
    return new Intl.Locale(locale).language
  } catch {
    return 'en'
  }
}

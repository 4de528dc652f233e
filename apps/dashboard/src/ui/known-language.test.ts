import { expect, it } from 'vitest'
import { knownLanguage } from './known-language.ts'

it.each([
  { language: 'de-CH', known: 'de-CH' },
  { language: 'en-us', known: 'en-US' },
  { language: 'en-US@posix', known: 'en' },
  { language: 'C', known: 'en' },
  { language: '', known: 'en' },
])('takes $known for the language "$language" of a browser', ({ language, known }) => {
  expect(knownLanguage(language)).toBe(known)
  expect(new Intl.NumberFormat(knownLanguage(language)).format(1)).toBe('1')
})

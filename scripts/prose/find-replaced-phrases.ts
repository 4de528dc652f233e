import { REPLACED_PHRASES } from './replaced-phrases.ts'

/** A phrase that was found in a text. */
export interface FoundPhrase {
  /** Counted from 1. */
  readonly line: number
  readonly phrase: string
  readonly instead: string
}

/** Finds the phrases in a text that we replaced by plain English. */
export function findReplacedPhrases(text: string): FoundPhrase[] {
  return text.split('\n').flatMap((content, index) =>
    REPLACED_PHRASES.flatMap(({ pattern, instead }): FoundPhrase[] => {
      const phrase = pattern.exec(content)?.[0]
      return phrase === undefined ? [] : [{ line: index + 1, phrase, instead }]
    }),
  )
}

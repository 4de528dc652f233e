/** Tells the first font that has a character, by position. Undefined if none has it. */
export type FontFinder = (codePoint: number) => number | undefined

/** Text in one font. */
export interface TextRun {
  readonly text: string
  /** Position of the font. */
  readonly font: number
}

/** Printed for characters that no font has. */
const MISSING = '□'

/** Characters that control the order or the form of others: left out if no font has them. */
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{Cf}]/u

/** Splits text into runs of one font. A character that no font has is replaced by one that means the same, or else by "□". */
export function printableRuns(text: string, findFont: FontFinder): readonly TextRun[] {
  const runs: { text: string; font: number }[] = []
  const add = (character: string, font: number) => {
    const last = runs.at(-1)
    if (last?.font === font) last.text += character
    else runs.push({ text: character, font })
  }
  for (const character of text) {
    for (const part of printable(character, findFont)) add(part, findFont(codePointOf(part)) ?? 0)
  }
  return runs
}

function printable(character: string, findFont: FontFinder): Iterable<string> {
  if (/\p{Cc}/u.test(character)) return ' '
  const hasFont = (part: string) => findFont(codePointOf(part)) !== undefined
  if (hasFont(character)) return character
  if (INVISIBLE.test(character)) return ''
  const equivalent = character.normalize('NFKC')
  return Array.from(equivalent).every(hasFont) ? equivalent : MISSING
}

function codePointOf(character: string): number {
  return character.codePointAt(0) ?? 0
}

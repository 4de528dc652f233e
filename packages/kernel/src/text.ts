import type { Issue } from './errors.ts'

/** What a text may hold. */
export interface TextRules {
  /** Maximum length, in UTF-16 code units. */
  readonly max: number
  /** Also reject invisible characters, such as zero-width spaces. For names that programs compare. Defaults to false. */
  readonly visibleOnly?: boolean
}

const CONTROL_CHARACTERS = /[\p{Cc}\p{Cs}]/u
const INVISIBLE_CHARACTERS = /\p{C}/u

/** Returns the problems of a short text, such as a name; none if it is fine. `path` names its field. */
export function checkText(path: string, text: string, { max, visibleOnly = false }: TextRules): Issue[] {
  if (text.trim() === '') return [{ path, message: 'must not be empty' }]
  if (text.length > max) return [{ path, message: `must be at most ${max} characters, not ${text.length}` }]
  const rejected = visibleOnly ? INVISIBLE_CHARACTERS : CONTROL_CHARACTERS
  return rejected.test(text) ? [{ path, message: 'must not contain control characters' }] : []
}

/** Whether PostgreSQL can store the text unchanged: its `text` cannot hold NUL, and UTF-8 cannot encode half of a surrogate pair. */
export function isStorableText(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed()
}

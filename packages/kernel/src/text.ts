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

/** What is wrong with a text that is not storable. */
export const NOT_STORABLE = 'must not contain a NUL character or half of a surrogate pair'

/** Returns an issue for each text of a JSON value that PostgreSQL cannot store, keys of objects included. `path` names the value. */
export function checkStorable(path: string, value: unknown): Issue[] {
  const issues: Issue[] = []
  // Iterates instead of recursing, because callers decide how deep the value is.
  const remaining: { at: string; item: unknown }[] = [{ at: path, item: value }]
  for (let next = remaining.pop(); next !== undefined; next = remaining.pop()) {
    const { at, item } = next
    if (typeof item === 'string' && !isStorableText(item)) issues.push({ path: at, message: NOT_STORABLE })
    if (typeof item !== 'object' || item === null) continue
    for (const [key, child] of Object.entries(item).toReversed()) {
      if (!isStorableText(key)) issues.push({ path: at, message: `${JSON.stringify(key)} ${NOT_STORABLE}` })
      else remaining.push({ at: Array.isArray(item) ? `${at}[${key}]` : at === '' ? key : `${at}.${key}`, item: child })
    }
  }
  return issues
}

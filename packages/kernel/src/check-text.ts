import type { Issue } from './errors.ts'

const UNPRINTABLE = /\p{Cc}/u

/** What is wrong with a short text that people read, such as a name; nothing where it is fine. */
export function checkText(path: string, text: string, { max }: { max: number }): Issue[] {
  if (text.trim() === '') return [{ path, message: 'must not be empty' }]
  if (text.length > max) return [{ path, message: `must be ${max} characters at the most, not ${text.length}` }]
  if (UNPRINTABLE.test(text) || !text.isWellFormed()) return [{ path, message: 'must not contain control characters or broken surrogate pairs' }]
  return []
}

/**
 * Whether PostgreSQL can keep the text as it is: no NUL character, which its `text` refuses, and no lone surrogate,
 * which UTF-8 cannot express.
 */
export function isStorableText(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed()
}

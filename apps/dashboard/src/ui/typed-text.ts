/** Returns what was typed without the spaces around it; null if nothing was. */
export function textOrNull(typed: string): string | null {
  const text = typed.trim()
  return text === '' ? null : text
}

/** Returns the number that was typed; null if nothing was. */
export function numberOrNull(typed: string): number | null {
  const text = textOrNull(typed)
  return text === null ? null : Number(text)
}

/** Returns the items that were typed with commas between them. */
export function itemsOf(typed: string): string[] {
  return typed.split(',').flatMap(item => textOrNull(item) ?? [])
}

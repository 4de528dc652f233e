/** Formats texts as a list for descriptions: "a", "b". */
export function quoted(texts: readonly string[]): string {
  return texts.map(text => JSON.stringify(text)).join(', ')
}

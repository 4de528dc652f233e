/** Texts as a description lists them: "a", "b". */
export function quoted(texts: readonly string[]): string {
  return texts.map(text => JSON.stringify(text)).join(', ')
}

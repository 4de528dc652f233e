const MAX_DEPTH = 8

/** Fields that have no output of the model. */
const IGNORED = new Set(['id', 'type', 'role', 'index', 'signature', 'encrypted_content', 'logprobs', 'b64_json', 'url'])

/** Returns all text in values of a response, such as the contents and the arguments of tools, to estimate its tokens. */
export function textOf(...values: readonly unknown[]): string {
  let text = ''
  for (const value of values) text += textIn(value, 0)
  return text
}

function textIn(value: unknown, depth: number): string {
  if (typeof value === 'string') return value
  if (typeof value !== 'object' || value === null || depth > MAX_DEPTH) return ''
  let text = ''
  for (const [name, field] of Object.entries(value)) if (!IGNORED.has(name)) text += textIn(field, depth + 1)
  return text
}

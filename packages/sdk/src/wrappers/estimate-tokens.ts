/** Tokens that an image, a document or a recording in a request is estimated at. */
export const ESTIMATED_MEDIA_TOKENS = 1_000

const CHARACTERS_PER_TOKEN = 4
/** From here on, scripts such as Chinese, Japanese and Korean have about one token for each character. */
const FIRST_DENSE_CODE = 0x2e80
const MAX_DEPTH = 16

/** Fields that are not part of the prompt. */
const IGNORED = new Set([
  'model',
  'role',
  'type',
  'id',
  'user',
  'metadata',
  'tool_call_id',
  'tool_use_id',
  'call_id',
  'cache_control',
  'encoding_format',
  'response_format',
  'voice',
  'quality',
  'size',
  'service_tier',
  'signature',
  'encrypted_content',
])
/** Fields with an encoded or linked image, document or recording. */
const MEDIA = new Set(['data', 'b64_json', 'file_data', 'bytes', 'url', 'image_url', 'file_id', 'file_uri', 'fileUri'])

/**
 * Estimates the tokens of a text when a provider does not say how many it used: one for each four characters, and one for each
 * character of dense scripts such as Chinese. Returns a fraction, so that parts of a text can be summed.
 */
export function estimateTextTokens(text: string): number {
  let dense = 0
  for (let index = 0; index < text.length; index += 1) if (text.charCodeAt(index) >= FIRST_DENSE_CODE) dense += 1
  return dense + (text.length - dense) / CHARACTERS_PER_TOKEN
}

/**
 * Estimates the tokens of a request: of all texts in it, except names and settings, and `ESTIMATED_MEDIA_TOKENS` for each image,
 * document or recording. Lists of numbers are tokens already.
 */
export function estimateRequestTokens(request: unknown): number {
  return Math.ceil(estimateValue(request, 0))
}

function estimateValue(value: unknown, depth: number): number {
  if (typeof value === 'string') return value.startsWith('data:') ? ESTIMATED_MEDIA_TOKENS : estimateTextTokens(value)
  if (typeof value !== 'object' || value === null || depth > MAX_DEPTH) return 0
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer || value instanceof Blob) return ESTIMATED_MEDIA_TOKENS
  let tokens = 0
  if (Array.isArray(value)) {
    for (const item of value) tokens += typeof item === 'number' ? 1 : estimateValue(item, depth + 1)
    return tokens
  }
  // Clients send files as forms.
  const fields: Iterable<[string, unknown]> = value instanceof FormData ? value.entries() : Object.entries(value)
  for (const [name, field] of fields) {
    if (IGNORED.has(name)) continue
    tokens += MEDIA.has(name) && typeof field === 'string' ? ESTIMATED_MEDIA_TOKENS : estimateValue(field, depth + 1)
  }
  return tokens
}

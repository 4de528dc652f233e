/** The token pools, as the API names them, and what people call them. */
export const TOKEN_POOLS = {
  input: 'input tokens',
  output: 'output tokens',
  cacheRead: 'cached input tokens',
  cacheWrite5m: 'tokens cached for 5 minutes',
  cacheWrite1h: 'tokens cached for an hour',
  reasoning: 'reasoning tokens',
  audioInput: 'audio input tokens',
  audioOutput: 'audio output tokens',
  imageInput: 'image input tokens',
  imageOutput: 'image output tokens',
} as const

/** Returns what people call a pool. */
export function poolLabel(pool: string): string {
  return Object.hasOwn(TOKEN_POOLS, pool) ? TOKEN_POOLS[pool as keyof typeof TOKEN_POOLS] : `${pool} tokens`
}

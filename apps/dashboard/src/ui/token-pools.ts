/** The token pools that most calls use, as the API names them, and what people call them. */
export const FREQUENT_TOKEN_POOLS = {
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

/** All token pools, as the API names them, and what people call them. */
export const TOKEN_POOLS = {
  ...FREQUENT_TOKEN_POOLS,
  cacheWrite30m: 'tokens cached for 30 minutes',
  cacheWrite12h: 'tokens cached for 12 hours',
  cacheReadAudio: 'cached audio input tokens',
  cacheReadImage: 'cached image input tokens',
  cacheReadVideo: 'cached video input tokens',
  videoInput: 'video input tokens',
  videoOutput: 'video output tokens',
} as const

/** Returns whether a name is that of a token pool. */
export function isTokenPool(name: string): name is keyof typeof TOKEN_POOLS {
  return Object.hasOwn(TOKEN_POOLS, name)
}

/** Returns what people call a pool. */
export function poolLabel(pool: string): string {
  return isTokenPool(pool) ? TOKEN_POOLS[pool] : `${pool} tokens`
}

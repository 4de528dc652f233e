/** Pools that most calls use. Each has a column of its own where usage is stored, and every `TokenUsage` has all of them. */
export const FREQUENT_TOKEN_POOLS = [
  'input',
  'output',
  'cacheRead',
  'cacheWrite5m',
  'cacheWrite1h',
  'reasoning',
  'audioInput',
  'audioOutput',
  'imageInput',
  'imageOutput',
] as const

/** Pools that few calls use. A `TokenUsage` has only those that are not 0. To add a pool, add its name here and its traits below. */
export const RARE_TOKEN_POOLS = ['cacheWrite30m', 'cacheWrite12h', 'cacheReadAudio', 'cacheReadImage', 'cacheReadVideo', 'videoInput', 'videoOutput'] as const

/**
 * The pools that tokens are counted in. Pools are exclusive, so they sum to the total: a cached input token is in
 * `cacheRead` and not in `input`, a reasoning token is in `reasoning` and not in `output`.
 */
export const TOKEN_POOLS = [...FREQUENT_TOKEN_POOLS, ...RARE_TOKEN_POOLS] as const

/** Name of a pool that most calls use. */
export type FrequentTokenPool = (typeof FREQUENT_TOKEN_POOLS)[number]

/** Name of a pool that few calls use. */
export type RareTokenPool = (typeof RARE_TOKEN_POOLS)[number]

/** Name of a pool. */
export type TokenPool = (typeof TOKEN_POOLS)[number]

/** What a pool counts. */
export interface TokenPoolTraits {
  readonly kind: 'input' | 'output' | 'reasoning' | 'cacheRead' | 'cacheWrite'
  readonly modality: 'text' | 'audio' | 'image' | 'video'
  /** How long the cache keeps what was written. Only cache writes have it. */
  readonly lifetime?: '5m' | '30m' | '1h' | '12h'
}

/** What each pool counts. */
export const TOKEN_POOL_TRAITS: Readonly<Record<TokenPool, TokenPoolTraits>> = {
  input: { kind: 'input', modality: 'text' },
  output: { kind: 'output', modality: 'text' },
  cacheRead: { kind: 'cacheRead', modality: 'text' },
  cacheWrite5m: { kind: 'cacheWrite', modality: 'text', lifetime: '5m' },
  cacheWrite1h: { kind: 'cacheWrite', modality: 'text', lifetime: '1h' },
  reasoning: { kind: 'reasoning', modality: 'text' },
  audioInput: { kind: 'input', modality: 'audio' },
  audioOutput: { kind: 'output', modality: 'audio' },
  imageInput: { kind: 'input', modality: 'image' },
  imageOutput: { kind: 'output', modality: 'image' },
  cacheWrite30m: { kind: 'cacheWrite', modality: 'text', lifetime: '30m' },
  cacheWrite12h: { kind: 'cacheWrite', modality: 'text', lifetime: '12h' },
  cacheReadAudio: { kind: 'cacheRead', modality: 'audio' },
  cacheReadImage: { kind: 'cacheRead', modality: 'image' },
  cacheReadVideo: { kind: 'cacheRead', modality: 'video' },
  videoInput: { kind: 'input', modality: 'video' },
  videoOutput: { kind: 'output', modality: 'video' },
}

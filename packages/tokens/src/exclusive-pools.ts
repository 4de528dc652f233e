import type { TokenPool } from './token-pools.ts'
import type { TokenUsage } from './token-usage.ts'

/**
 * Counts as `@pydantic/genai-prices` returns them: `input_tokens` and `output_tokens` are totals, all others are parts of them.
 * Parts may overlap: a cached audio token is in `cache_read_tokens` and in `input_audio_tokens`.
 */
export type InclusiveCounts = Readonly<Record<string, number | undefined>>

type Part = readonly [pool: TokenPool, tokens: number]

/**
 * Converts totals and their parts to exclusive pools. Takes the parts out of their total one after the other; `input` and
 * `output` are the rest. A part never takes more than is left, so the pools always sum to the provider's totals or, if it
 * reported none, to the parts. The cache comes first: a cached audio token counts as cached. Tokens without a pool of
 * their own (video, tool use, citations) stay in `input` and `output`.
 */
export function exclusivePools(counts: InclusiveCounts): TokenUsage {
  const count = (key: string) => counts[key] ?? 0
  const cacheWrite1h = count('cache_write_1h_tokens')
  const cacheWrite = Math.max(count('cache_write_tokens'), count('cache_write_5m_tokens') + cacheWrite1h)
  const input = takeParts(counts['input_tokens'], [
    ['cacheRead', count('cache_read_tokens')],
    ['cacheWrite1h', cacheWrite1h],
    ['cacheWrite5m', cacheWrite - cacheWrite1h],
    ['audioInput', Math.max(0, count('input_audio_tokens') - count('cache_audio_read_tokens'))],
    ['imageInput', Math.max(0, count('input_image_tokens') - count('cache_image_read_tokens'))],
  ])
  const output = takeParts(counts['output_tokens'], [
    ['reasoning', count('output_reasoning_tokens')],
    ['audioOutput', count('output_audio_tokens')],
    ['imageOutput', count('output_image_tokens')],
  ])
  return { input: input.left, output: output.left, ...input.pools, ...output.pools } as TokenUsage
}

function takeParts(total: number | undefined, parts: readonly Part[]): { left: number; pools: Partial<TokenUsage> } {
  let left = total ?? parts.reduce((sum, [, tokens]) => sum + tokens, 0)
  const pools = parts.map(([pool, tokens]) => {
    const taken = Math.min(tokens, left)
    left -= taken
    return [pool, taken]
  })
  return { left, pools: Object.fromEntries(pools) as Partial<TokenUsage> }
}

import type { TokenPool, TokenUsage } from './token-usage.ts'

/**
 * Counts as `@pydantic/genai-prices` reads them: `input_tokens` and `output_tokens` are totals, the others are parts of
 * them, and parts may lie over each other: a cached audio token is in `cache_read_tokens` and in `input_audio_tokens`.
 */
export type InclusiveCounts = Readonly<Record<string, number | undefined>>

type Part = readonly [pool: TokenPool, tokens: number]

/**
 * Turns totals and their parts into pools of which every token is in one: the parts are taken out of their total, in
 * this order, and `input` and `output` are what is left. A part never takes more than there is, so that the pools always
 * sum to the totals that the provider gave; where it gave none, to the parts. A cached token counts as cached, whatever
 * else it is. Kinds that we have no pool for (video, tool use, citations) stay in `input` and `output`.
 */
export function exclusivePools(counts: InclusiveCounts): TokenUsage {
  const of = (key: string) => counts[key] ?? 0
  const cacheWrite1h = of('cache_write_1h_tokens')
  const cacheWrite = Math.max(of('cache_write_tokens'), of('cache_write_5m_tokens') + cacheWrite1h)
  const input = takeParts(counts['input_tokens'], [
    ['cacheRead', of('cache_read_tokens')],
    ['cacheWrite1h', cacheWrite1h],
    ['cacheWrite5m', cacheWrite - cacheWrite1h],
    ['audioInput', Math.max(0, of('input_audio_tokens') - of('cache_audio_read_tokens'))],
    ['imageInput', Math.max(0, of('input_image_tokens') - of('cache_image_read_tokens'))],
  ])
  const output = takeParts(counts['output_tokens'], [
    ['reasoning', of('output_reasoning_tokens')],
    ['audioOutput', of('output_audio_tokens')],
    ['imageOutput', of('output_image_tokens')],
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

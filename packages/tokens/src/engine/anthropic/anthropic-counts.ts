import { cacheWritesByLifetime } from '../cache-writes.ts'
import { countReader } from '../count-reader.ts'
import type { InclusiveCounts } from '../inclusive-counts.ts'
import { readObject } from '../read-fields.ts'

/**
 * Reads a usage of Anthropic, whose `input_tokens` excludes the cache and whose `output_tokens` includes thinking. Undefined if
 * one of them is missing.
 */
export function anthropicCounts(usage: object, source: string): InclusiveCounts | undefined {
  const counts = countReader(usage, source)
  const input = counts.first('input_tokens')
  const output = counts.first('output_tokens')
  if (input === undefined || output === undefined) return undefined
  const cacheRead = counts.first('cache_read_input_tokens') ?? 0
  const writes = cacheWritesByLifetime(readObject(usage, 'cache_creation'), counts.first('cache_creation_input_tokens') ?? 0, source)
  return {
    input: input + cacheRead + writes.cacheWrite,
    cacheRead,
    ...writes,
    output,
    reasoning: countReader(readObject(usage, 'output_tokens_details'), source).first('thinking_tokens', 'reasoning_tokens'),
  }
}

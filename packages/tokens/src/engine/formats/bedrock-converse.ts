import { TokenUsageUnreadable } from '../../model/token-usage-unreadable.ts'
import { cacheWritesByLifetime } from '../cache-writes.ts'
import { countReader } from '../count-reader.ts'
import { readField, readObject, readText } from '../read-fields.ts'
import { namedUnits } from '../read-units.ts'
import { isAgentsSdk } from '../openai/is-agents-sdk.ts'
import type { UsageFormat } from '../usage-format.ts'

/** Fields of the AI SDK, which counts in other ways under the same names. */
const AI_SDK_FIELDS = ['cachedInputTokens', 'reasoningTokens', 'inputTokenDetails', 'outputTokenDetails']
const CACHE_READS = ['cacheReadInputTokens', 'cacheReadInputTokenCount']
const CACHE_WRITES = ['cacheWriteInputTokens', 'cacheWriteInputTokenCount']
const KNOWN_COUNTS = new Set(['inputTokens', 'outputTokens', 'totalTokens', ...CACHE_READS, ...CACHE_WRITES])

/** Bedrock's Converse, and Nova through InvokeModel, which adds "Count" to the names of the cache. Input excludes the cache. */
export const bedrockConverse: UsageFormat = (body, { provider }) => {
  const usage = readObject(body, 'usage')
  const counts = countReader(usage, provider)
  if (usage === undefined || isAgentsSdk(usage) || (readField(usage, 'inputTokens') === undefined && readField(usage, 'outputTokens') === undefined))
    return undefined
  if (AI_SDK_FIELDS.some(name => Object.hasOwn(usage, name)))
    throw new TokenUsageUnreadable(provider, 'its usage is that of the AI SDK; read it with readAiSdkUsage')
  rejectUnknownCounts(usage, provider)
  const input = counts.first('inputTokens')
  const output = counts.first('outputTokens')
  if (input === undefined || output === undefined) throw new TokenUsageUnreadable(provider, 'its usage has no inputTokens or no outputTokens')
  const cacheRead = counts.largest(...CACHE_READS) ?? 0
  const written = counts.largest(...CACHE_WRITES) ?? 0
  const writes = cacheWritesByLifetime(readField(usage, 'cacheDetails'), written, provider)
  return {
    counts: { input: input + cacheRead + writes.cacheWrite, cacheRead, ...writes, output },
    units: namedUnits(provider, readField(usage, 'serverToolUsage'), name => ({ kind: /search|grounding/i.test(name) ? 'web_search' : name })),
    serviceTier: readText(readObject(body, 'serviceTier'), 'type') ?? readText(body, 'serviceTier'),
    speed: readText(readObject(body, 'performanceConfig'), 'latency'),
  }
}

/** Throws for a count that Bedrock does not have: SDKs have the same names of totals, and may include the count in them or not. */
function rejectUnknownCounts(usage: object, provider: string): void {
  for (const [name, value] of Object.entries(usage)) {
    if (typeof value === 'number' && value > 0 && /Token(?:s|Count)$/.test(name) && !KNOWN_COUNTS.has(name))
      throw new TokenUsageUnreadable(provider, `it has ${value} ${name} in its usage, which may be part of its totals or not`)
  }
}

import type { AiSdkCall } from '../ai-sdk/ai-sdk-call.ts'
import { ATTRIBUTE_NAMES } from './attribute-names.ts'
import { type Attributes, readAttributeCount, readAttributeText } from './read-attributes.ts'

const CACHE_READS = ['ai.usage.inputTokenDetails.cacheReadTokens', 'ai.usage.cachedInputTokens', ...ATTRIBUTE_NAMES.cacheRead]
const DETAILS = ['ai.usage.inputTokenDetails.cacheReadTokens', 'ai.usage.inputTokenDetails.cacheWriteTokens', 'ai.usage.inputTokenDetails.noCacheTokens']

/**
 * Returns what a span of the Vercel AI SDK says about a call. Some counts are only in `ai.usage.*` and in the provider's
 * metadata, and before version 6 their meaning depends on the provider. Undefined for spans of anything else.
 */
export function aiSdkCallOf(attributes: Attributes): AiSdkCall | undefined {
  if (!Object.keys(attributes).some(name => name.startsWith('ai.usage.') || name === 'ai.response.providerMetadata')) return undefined
  const count = (...names: readonly string[]) => readAttributeCount(attributes, names)
  const cacheRead = count(...CACHE_READS)
  const reasoning = count('ai.usage.outputTokenDetails.reasoningTokens', 'ai.usage.reasoningTokens', ...ATTRIBUTE_NAMES.reasoning)
  const totals = {
    inputTokens: count(...ATTRIBUTE_NAMES.input, 'ai.usage.inputTokens', 'ai.usage.promptTokens', 'ai.usage.tokens'),
    outputTokens: count(...ATTRIBUTE_NAMES.output, 'ai.usage.outputTokens', 'ai.usage.completionTokens'),
  }
  const hasDetails = DETAILS.some(name => attributes[name] !== undefined)
  return {
    usage: hasDetails
      ? {
          ...totals,
          inputTokenDetails: {
            cacheReadTokens: cacheRead,
            cacheWriteTokens: count('ai.usage.inputTokenDetails.cacheWriteTokens', ...ATTRIBUTE_NAMES.cacheWrite),
          },
          outputTokenDetails: { reasoningTokens: reasoning },
        }
      : { ...totals, totalTokens: count('ai.usage.totalTokens'), cachedInputTokens: cacheRead, reasoningTokens: reasoning },
    providerMetadata: parseMetadata(attributes['ai.response.providerMetadata']),
    provider: readAttributeText(attributes, 'ai.model.provider', 'gen_ai.provider.name', 'gen_ai.system') ?? undefined,
  }
}

function parseMetadata(metadata: unknown): unknown {
  if (typeof metadata !== 'string') return metadata
  try {
    return JSON.parse(metadata)
  } catch {
    return undefined // Cut off by a limit on the length of attributes.
  }
}

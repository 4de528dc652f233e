import { TokenUsageUnreadable } from '../../model/token-usage-unreadable.ts'
import { countReader } from '../count-reader.ts'
import { gatewayCost } from '../gateway-cost.ts'
import { openAiCounts } from '../openai/openai-counts.ts'
import { readField, readList, readObject, readText } from '../read-fields.ts'
import { reportedCost } from '../reported-cost.ts'
import { withCacheLifetime } from '../openai/cache-lifetime.ts'
import { chatUnits } from '../openai/chat-units.ts'
import type { UsageFormat } from '../usage-format.ts'

/**
 * Chat completions, completions and embeddings of OpenAI and of the many providers with the same format. Embeddings and
 * rerankings of Voyage and Jina have only a total, which is input.
 */
export const openAiChat: UsageFormat = (body, call) => {
  const usage = readObject(body, 'usage')
  if (usage === undefined) return undefined
  const has = (...names: readonly string[]) => names.some(name => readField(usage, name) !== undefined)
  const isCamelCase = has('promptTokens', 'completionTokens')
  if (isCamelCase && isAiSdk(body, call.provider)) throw new TokenUsageUnreadable(call.provider, 'its usage is that of the AI SDK; read it with readAiSdkUsage')
  const isChat = isCamelCase || has('prompt_tokens', 'completion_tokens')
  const counts = isChat ? openAiCounts(usage, call) : totalAsInput(body, usage, call.provider)
  return (
    counts && {
      counts: withCacheLifetime(counts, body),
      units: chatUnits(body, { usage, call }),
      serviceTier: readText(body, 'service_tier', 'serviceTier') ?? readText(usage, 'service_tier'),
      reportedCost: reportedCost(usage) ?? gatewayCost(readField(body, 'provider_metadata')),
    }
  )
}

/** Version 4 of the AI SDK has the same names as some providers' SDKs, but leaves the cache to the metadata. */
function isAiSdk(body: object, provider: string): boolean {
  return /anthropic|bedrock/i.test(provider) || ['providerMetadata', 'experimental_providerMetadata'].some(name => readField(body, name) !== undefined)
}

function hasPixels(usage: object): boolean {
  return ['image_pixels', 'video_pixels'].some(name => readField(usage, name) !== undefined)
}

function totalAsInput(body: object, usage: object, source: string) {
  const scored = [...readList(body, 'data'), ...readList(body, 'results')]
  const isInputOnly = scored.some(item => ['embedding', 'relevance_score', 'score'].some(name => readField(item, name) !== undefined))
  const counts = countReader(usage, source)
  // Voyage bills the pixels of images and videos apart from text.
  const input = isInputOnly ? (hasPixels(usage) ? counts.first('text_tokens') : counts.first('total_tokens')) : undefined
  return input === undefined ? undefined : { input }
}

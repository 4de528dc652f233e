import { TokenUsageUnreadable } from '../../model/token-usage-unreadable.ts'
import { withCacheLifetime } from '../openai/cache-lifetime.ts'
import { isAgentsSdk } from '../openai/is-agents-sdk.ts'
import { imageToolAttempts } from '../openai/image-tool-attempts.ts'
import { modelModality } from '../model-modality.ts'
import { openAiCounts } from '../openai/openai-counts.ts'
import { readField, readList, readObject, readText } from '../read-fields.ts'
import { reportedCost } from '../reported-cost.ts'
import { tierInDetails } from '../openai/read-details.ts'
import { responsesUnits } from '../openai/responses-units.ts'
import type { UsageFormat } from '../usage-format.ts'

/**
 * Responses of OpenAI, on its own API, Bedrock, Vertex, Azure and others; the responses of realtime sessions, whose details are in
 * the singular; the usage in the logs of Codex, and that of OpenAI's Agents SDK. Input includes the cache, output includes reasoning.
 */
export const openAiResponses: UsageFormat = (body, call) => {
  const usage = readObject(body, 'usage')
  if (usage === undefined) return undefined
  const has = (name: string) => readField(usage, name) !== undefined
  if (!has('input_tokens') && !has('output_tokens') && !isAgentsSdk(usage)) return undefined
  const counts = openAiCounts(usage, call)
  if (counts === undefined) return undefined
  if (!has('output_tokens') && !has('outputTokens') && readList(body, 'data').length === 0)
    throw new TokenUsageUnreadable(call.provider, 'its usage has no output_tokens')
  // Speech without details is audio.
  const isSpeech = modelModality(call.model) === 'audio' && counts.audioOutput === undefined
  return {
    counts: withCacheLifetime(isSpeech ? { ...counts, audioOutput: counts.output } : counts, body),
    units: responsesUnits(body, { usage, source: call.provider }),
    attempts: imageToolAttempts(body, call.provider),
    serviceTier: readText(body, 'service_tier') ?? readText(usage, 'service_tier') ?? tierInDetails(usage),
    reportedCost: reportedCost(usage),
  }
}

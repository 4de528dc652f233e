import { TokenUsageUnreadable } from '../../model/token-usage-unreadable.ts'
import { anthropicAttempts } from '../anthropic/anthropic-attempts.ts'
import { anthropicCounts } from '../anthropic/anthropic-counts.ts'
import { readField, readList, readObject, readText } from '../read-fields.ts'
import { units } from '../read-units.ts'
import { reportedCost } from '../reported-cost.ts'
import type { UsageFormat } from '../usage-format.ts'

/** Fields that only Anthropic's usage has. */
const MARKS = ['cache_creation_input_tokens', 'cache_read_input_tokens', 'cache_creation', 'server_tool_use', 'iterations', 'inference_geo', 'speed']

/**
 * Anthropic's Messages, on its own API, Bedrock, Vertex, Azure, MiniMax and others. Web searches are billed apart from tokens.
 * Web fetches and tool searches are not: they cost the tokens that they add.
 */
export const anthropicMessages: UsageFormat = (body, call) => {
  const usage = readObject(body, 'usage')
  if (usage === undefined || !isAnthropic(body, usage)) return undefined
  const counts = anthropicCounts(usage, call.provider)
  if (counts === undefined) throw new TokenUsageUnreadable(call.provider, 'its usage has no input_tokens or no output_tokens')
  const served = {
    serviceTier: readText(usage, 'service_tier') ?? readText(body, 'service_tier'),
    speed: readText(usage, 'speed'),
    region: readText(usage, 'inference_geo'),
  }
  return {
    counts,
    units: units(call.provider, { kind: 'web_search', quantity: readField(readObject(usage, 'server_tool_use'), 'web_search_requests') }),
    attempts: anthropicAttempts(usage, { call, served }),
    model: fallbackModel(usage),
    reportedCost: reportedCost(usage),
    ...served,
  }
}

/** A stream starts with the name of the model that was asked; a fallback model may have answered. */
function fallbackModel(usage: object): string | undefined {
  return readText(
    readList(usage, 'iterations').find(iteration => readField(iteration, 'type') === 'fallback_message'),
    'model',
  )
}

function isAnthropic(body: object, usage: object): boolean {
  if (readField(usage, 'input_tokens') === undefined && readField(usage, 'output_tokens') === undefined) return false
  // Gateways add Anthropic's names to responses of OpenAI's format, whose input includes the cache.
  if (readObject(usage, 'input_tokens_details', 'input_token_details') !== undefined) return false
  return (
    readField(body, 'type') === 'message' ||
    readField(body, 'type') === 'message_delta' ||
    MARKS.some(name => Object.hasOwn(usage, name)) ||
    Object.hasOwn(readObject(usage, 'output_tokens_details') ?? {}, 'thinking_tokens')
  )
}

import { checkObject } from './engine/check-arguments.ts'
import { aiSdkCallOf } from './engine/open-telemetry/ai-sdk-span.ts'
import { ATTRIBUTE_NAMES, type AttributeCount } from './engine/open-telemetry/attribute-names.ts'
import { type Attributes, readAttributeCount, readAttributeText } from './engine/open-telemetry/read-attributes.ts'
import { units } from './engine/read-units.ts'
import { reconcileTotal } from './engine/reconcile-total.ts'
import { servedAs } from './engine/served-as.ts'
import { toTokenUsage } from './engine/to-token-usage.ts'
import type { ExtractedUsage } from './model/extracted-usage.ts'
import { TokenUsageUnreadable } from './model/token-usage-unreadable.ts'
import { readAiSdkUsage } from './read-ai-sdk-usage.ts'

/** Usage, model and provider of a span. */
export interface OpenTelemetryCall extends ExtractedUsage {
  /** `gen_ai.provider.name`. Price lookups accept the names of the conventions. */
  readonly provider: string | null
}

const SERVICE_TIERS = ['openai.response.service_tier', 'gen_ai.openai.response.service_tier', 'gen_ai.response.service_tier']
const WEB_SEARCHES = ['gen_ai.usage.web_search_requests', 'gen_ai.usage.server_tool_use.web_search_requests', 'gen_ai.usage.details.web_search_requests']

/**
 * Reads the attributes of a span about a call. By the semantic conventions, `gen_ai.usage.input_tokens` includes cache reads and
 * writes, and `output_tokens` includes reasoning. Instrumentations that pass on counts which exclude them, such as Anthropic's, are
 * detected by a cache that is larger than the input, or by the total. Cache writes without a lifetime count as 5-minute writes.
 * Throws `TokenUsageUnreadable`.
 */
export function readOpenTelemetryUsage(attributes: Attributes): OpenTelemetryCall {
  const { model, provider } = readOpenTelemetryModel(attributes)
  const call = aiSdkCallOf(attributes)
  return { ...(call ? readAiSdkUsage({ ...call, model }) : spanUsage(attributes, model)), provider }
}

/** Reads the model and the provider of a span, also of a call that failed and has no usage. The model of the response goes before the requested one. */
export function readOpenTelemetryModel(attributes: Attributes): Pick<OpenTelemetryCall, 'model' | 'provider'> {
  checkObject(attributes)
  return {
    model: readAttributeText(attributes, 'gen_ai.response.model', 'gen_ai.request.model', 'ai.response.model', 'ai.model.id', 'llm.model_name'),
    provider: readAttributeText(attributes, 'gen_ai.provider.name', 'gen_ai.system', 'ai.model.provider', 'llm.provider', 'llm.system'),
  }
}

function spanUsage(attributes: Attributes, model: string | null): ExtractedUsage {
  const count = (name: AttributeCount) => readAttributeCount(attributes, ATTRIBUTE_NAMES[name])
  const input = count('input')
  const output = count('output')
  if (input === undefined && output === undefined) {
    throw new TokenUsageUnreadable('opentelemetry', 'it has no gen_ai.usage.input_tokens and no gen_ai.usage.output_tokens')
  }
  const cacheRead = count('cacheRead')
  const cacheWrite1h = count('cacheWrite1h')
  const cacheWrite = Math.max(count('cacheWrite') ?? 0, cacheWrite1h ?? 0)
  const cached = (cacheRead ?? 0) + cacheWrite
  const whole = reconcileTotal({
    input: input ?? 0,
    output: output ?? 0,
    cached: input === undefined ? 0 : cached,
    reasoning: count('reasoning') ?? 0,
    total: count('total'),
  })
  return {
    model,
    tokens: toTokenUsage('opentelemetry', {
      cacheRead,
      cacheWrite,
      cacheWrite1h,
      audioInput: count('audioInput'),
      audioOutput: count('audioOutput'),
      ...whole,
    }),
    units: units('opentelemetry', { kind: 'web_search', quantity: readAttributeCount(attributes, WEB_SEARCHES) }),
    ...servedAs({ serviceTier: readAttributeText(attributes, ...SERVICE_TIERS) ?? undefined }),
  }
}

import type { ModelUsage } from '../../model/extracted-usage.ts'
import { anthropicCounts } from './anthropic-counts.ts'
import { readField, readList, readText } from '../read-fields.ts'
import { servedAs, type ServedByName } from '../served-as.ts'
import { toTokenUsage } from '../to-token-usage.ts'
import type { ProviderCall } from '../usage-format.ts'

/**
 * Reads the `iterations` of a response that its top-level counts leave out:
 * - compactions of the context, and consultations of an advisor, which has a model of its own;
 * - attempts of a model that declined before a fallback model answered, if they have output. Without output, they are free.
 * All other iterations are in the top-level counts.
 */
export function anthropicAttempts(usage: object, { call, served }: { readonly call: ProviderCall; readonly served: ServedByName }): readonly ModelUsage[] {
  const iterations = readList(usage, 'iterations')
  const isFallback = iterations.some(iteration => readField(iteration, 'type') === 'fallback_message')
  return iterations.flatMap(iteration => {
    const type = readField(iteration, 'type')
    const isTopLevel = type === 'fallback_message' || (type === 'message' && !isFallback)
    const isFree = type === 'message' && readField(iteration, 'output_tokens') === 0
    if (isTopLevel || isFree || typeof iteration !== 'object' || iteration === null) return []
    const counts = anthropicCounts(iteration, call.provider)
    if (counts === undefined) return []
    return [{ model: readText(iteration, 'model') ?? call.model, tokens: toTokenUsage(call.provider, counts), units: [], ...servedAs(served) }]
  })
}

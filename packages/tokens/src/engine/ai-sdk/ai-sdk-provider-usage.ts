import type { ExtractedUsage } from '../../model/extracted-usage.ts'
import { TokenUsageUnreadable } from '../../model/token-usage-unreadable.ts'
import { readField, readObject } from '../read-fields.ts'
import { readUsage } from '../read-usage.ts'
import type { AiSdkCall } from './ai-sdk-call.ts'

/**
 * Reads the provider's own usage, which the AI SDK passes on: as `raw` since version 6, before that in the metadata of Anthropic
 * and Google. It says more than the SDK's counts. Undefined if there is none, or none that can be read.
 */
export function aiSdkProviderUsage({ usage, providerMetadata, provider = 'ai-sdk', model }: AiSdkCall): ExtractedUsage | undefined {
  const google = readObject(providerMetadata, 'google', 'vertex', 'googleVertex')
  const own = readObject(usage, 'raw') ?? readObject(readObject(providerMetadata, 'anthropic'), 'usage') ?? readObject(google, 'usageMetadata')
  if (own === undefined) return undefined
  const isGemini = readField(own, 'promptTokenCount') !== undefined
  const body = isGemini
    ? { model, usageMetadata: own, candidates: [{ groundingMetadata: readField(google, 'groundingMetadata') }] }
    : { ...readObject(providerMetadata, 'bedrock'), model, usage: own }
  try {
    return readUsage(body, { provider })
  } catch (error) {
    if (error instanceof TokenUsageUnreadable) return undefined
    throw error
  }
}

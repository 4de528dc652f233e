import type { UsageUnit } from '../../model/usage-unit.ts'
import { decimalText, shiftDecimal } from '../decimal-text.ts'
import { gatewayCost } from '../gateway-cost.ts'
import { isObject } from '../../model/is-object.ts'
import { readField, readObject, readText } from '../read-fields.ts'
import { units } from '../read-units.ts'
import type { ServedByName } from '../served-as.ts'

/** What the metadata of providers says about a call besides tokens. */
export interface AiSdkMetadata extends ServedByName {
  readonly units: readonly UsageUnit[]
  readonly reportedCost: string | undefined
}

/** Reads the metadata of a call through the AI SDK, which has an object for each provider that took part in it. */
export function readAiSdkMetadata(providerMetadata: unknown): AiSdkMetadata {
  const providers = isObject(providerMetadata) ? Object.values(providerMetadata).filter(isObject) : []
  const usages = providers.flatMap(provider => readObject(provider, 'usage') ?? [])
  const find = <Value>(parts: readonly object[], read: (part: object) => Value | undefined) => parts.map(read).find(value => value !== undefined)
  return {
    serviceTier:
      find(providers, part => readText(part, 'serviceTier') ?? readText(readObject(part, 'serviceTier'), 'type')) ??
      find(usages, part => readText(part, 'service_tier')),
    speed: find(usages, part => readText(part, 'speed')) ?? find(providers, part => readText(readObject(part, 'performanceConfig'), 'latency')),
    region: find(usages, part => readText(part, 'inference_geo')),
    units: usages.flatMap(usage =>
      units(
        'ai-sdk',
        { kind: 'web_search', quantity: readField(usage, 'numSearchQueries') },
        { kind: 'web_search', quantity: readField(readObject(usage, 'server_tool_use'), 'web_search_requests') },
      ),
    ),
    // In order: the gateway of Vercel, OpenRouter, xAI.
    reportedCost:
      gatewayCost(providerMetadata) ??
      decimalText(readField(readObject(readObject(providerMetadata, 'openrouter'), 'usage'), 'cost')) ??
      shiftDecimal(readField(readObject(providerMetadata, 'xai'), 'costInUsdTicks'), 10),
  }
}

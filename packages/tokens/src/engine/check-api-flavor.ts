import { TokenUsageUnreadable } from '../model/token-usage-unreadable.ts'

const API_FLAVORS: readonly string[] = [
  'default',
  'chat',
  'responses',
  'embeddings',
  'images',
  'realtime',
  'anthropic',
  'tokens',
  'ocr',
  'ocr_annotated',
  'transcriptions',
  'speech',
]

/** Throws `TokenUsageUnreadable` for an API flavor that no provider has. */
export function checkApiFlavor(apiFlavor: string | undefined, provider: string): void {
  if (apiFlavor === undefined || API_FLAVORS.includes(apiFlavor)) return
  throw new TokenUsageUnreadable(provider, `there is no API flavor "${apiFlavor}", only ${API_FLAVORS.join(', ')}`)
}

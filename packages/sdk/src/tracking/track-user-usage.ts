import type { CallRecord } from '../model/call-record.ts'
import type { AiUsage, ComputeUsage } from '../tollgate.ts'

const PROVIDERS: readonly (readonly [RegExp, string])[] = [
  [/^claude/, 'anthropic'],
  [/^(gpt-|chatgpt-|o\d|text-embedding-|dall-e|whisper|tts-|sora)/, 'openai'],
  [/^gemini/, 'google'],
]

/** Returns the record of an AI call of a user. */
export function aiCallOf({ inputTokens, outputTokens, model, provider, ...usage }: AiUsage): CallRecord {
  const known = provider ?? PROVIDERS.find(([names]) => names.test(model))?.[1]
  return { ...callOf(usage), model, ...(known !== undefined && { provider: known }), tokens: { input: inputTokens, output: outputTokens } }
}

/** Returns the record of a compute action of a user. */
export function computeActionOf({ credits, ...usage }: ComputeUsage): CallRecord {
  return { ...callOf(usage), credits }
}

function callOf({ userId, actionType, metadata, ...described }: Omit<ComputeUsage, 'credits'>): CallRecord {
  return { ...described, operation: actionType, metadata: { customerId: userId, ...(metadata && { attributes: metadata }) } }
}

import type { InputRules } from '@tollgate/tokens/input'
import { checkInput } from '../engine/check-input.ts'
import { decimalText, invalid } from '../engine/read-input.ts'
import type { CallRecord } from '../model/call-record.ts'
import type { AiUsage, ComputeUsage } from '../tollgate.ts'

const PROVIDERS: readonly (readonly [RegExp, string])[] = [
  [/^claude/, 'anthropic'],
  [/^(gpt-|chatgpt-|o\d|text-embedding-|dall-e|whisper|tts-|sora)/, 'openai'],
  [/^gemini/, 'google'],
]

const USAGE = {
  userId: 'text',
  actionType: 'text',
  description: 'text?',
  resourceId: 'text?',
  resourceType: 'text?',
  metadata: 'object?',
} as const
const AI_USAGE: InputRules<AiUsage> = { ...USAGE, inputTokens: 'integer', outputTokens: 'integer', model: 'text', provider: 'text?' }
const COMPUTE_USAGE: InputRules<ComputeUsage> = { ...USAGE, credits: 'anything' }

/** Returns a compute action. Throws `InvalidInput` without an operation, whose default would be an AI call. */
export function computeOf(action: CallRecord & { readonly operation: string }): CallRecord {
  // `record` checks the rest. Callers without types can pass anything.
  if (typeof (action as Partial<CallRecord> | null | undefined)?.operation !== 'string') throw invalid('operation', 'must be text')
  return action
}

/** Returns the record of an AI call of a user. Throws `InvalidInput`. */
export function aiCallOf(given: AiUsage): CallRecord {
  checkInput(AI_USAGE, given)
  const { inputTokens, outputTokens, model, provider, ...usage } = given
  const known = provider ?? PROVIDERS.find(([names]) => names.test(model))?.[1]
  return { ...callOf(usage), model, ...(known !== undefined && { provider: known }), tokens: { input: inputTokens, output: outputTokens } }
}

/** Returns the record of a compute action of a user. Throws `InvalidInput`. */
export function computeActionOf(given: ComputeUsage): CallRecord {
  checkInput(COMPUTE_USAGE, given)
  const { credits, ...usage } = given
  return { ...callOf(usage), credits: decimalText('credits', credits) }
}

function callOf({ userId, actionType, metadata, ...described }: Omit<ComputeUsage, 'credits'>): CallRecord {
  return { ...described, operation: actionType, metadata: { customerId: userId, ...(metadata && { attributes: metadata }) } }
}

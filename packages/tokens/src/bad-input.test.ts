import { expect, it } from 'vitest'
import { extractStreamedTokenUsage } from './extract-streamed-token-usage.ts'
import { extractTokenUsage } from './extract-token-usage.ts'
import { inputIssues } from './input/index.ts'
import { InvalidInput } from './model/invalid-input.ts'
import { readAiSdkUsage } from './read-ai-sdk-usage.ts'
import { readOpenTelemetryModel, readOpenTelemetryUsage } from './read-open-telemetry-usage.ts'

/** What callers in JavaScript can pass, whatever the types say. */
type Call = (input: never) => unknown

const RESPONSE = { provider: 'openai', response: { usage: { prompt_tokens: 1, completion_tokens: 2 } } }
const CALLS = {
  extractTokenUsage: [extractTokenUsage, RESPONSE],
  extractStreamedTokenUsage: [extractStreamedTokenUsage, { provider: 'openai', events: [RESPONSE.response] }],
} as const satisfies Record<string, readonly [Call, object]>

it.each<[operation: keyof typeof CALLS, field: string, values: readonly unknown[]]>([
  ['extractTokenUsage', 'provider', [undefined, null, 5]],
  ['extractTokenUsage', 'apiFlavour', ['chat', null]],
  ['extractTokenUsage', 'apiFlavor', [5, {}]],
  ['extractTokenUsage', 'toString', ['chat']],
  ['extractStreamedTokenUsage', 'provider', [undefined, null, 5]],
  ['extractStreamedTokenUsage', 'events', [undefined, null, 5, {}, 'data']],
  ['extractStreamedTokenUsage', 'response', [{}]],
])('%s names the field %s if it is wrong', (operation, field, values) => {
  const [call, input] = CALLS[operation] as readonly [Call, object]
  expect(issuesOf(() => call(input as never))).toEqual([])
  for (const value of values) expect(issuesOf(() => call({ ...input, [field]: value } as never))).toEqual([field])
})

it.each<[string, Call]>([
  ['extractTokenUsage', extractTokenUsage],
  ['extractStreamedTokenUsage', extractStreamedTokenUsage],
  ['readAiSdkUsage', readAiSdkUsage],
  ['readOpenTelemetryUsage', readOpenTelemetryUsage],
  ['readOpenTelemetryModel', readOpenTelemetryModel],
])('%s rejects what is no object', (_, call) => {
  for (const input of [undefined, null, 5, 'usage', []]) expect(issuesOf(() => call(input as never))).toEqual([''])
})

it('says that an integer is too large', () => {
  expect(inputIssues<{ amount: number }>({ amount: 'integer' }, { amount: 2 ** 60 })).toEqual([
    { path: 'amount', message: 'must be an integer up to 2^53 - 1, not the number 1152921504606847000' },
  ])
})

function issuesOf(call: () => unknown): readonly string[] {
  try {
    call()
    return []
  } catch (error) {
    if (error instanceof InvalidInput) return error.issues.map(({ path }) => path)
    throw error
  }
}

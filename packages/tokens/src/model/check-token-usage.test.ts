import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkTokenUsage } from './check-token-usage.ts'
import { TOKEN_POOLS } from './token-pools.ts'
import { completeTokenUsage, totalTokens, type TokenUsageInput } from './token-usage.ts'

const MAX = Number.MAX_SAFE_INTEGER

describe('checkTokenUsage', () => {
  it.each([
    { tokens: {} },
    { tokens: { input: 0, output: null, reasoning: undefined } },
    { tokens: { input: 150, output: 300 } },
    { tokens: { input: MAX } },
    { tokens: { input: MAX - 1, output: 1 } },
  ])('accepts $tokens', ({ tokens }) => {
    expect(checkTokenUsage(tokens)).toEqual([])
  })

  it.each([
    { tokens: { input: -1 }, path: 'tokens.input', says: /not -1/ },
    { tokens: { output: 1.5 }, path: 'tokens.output', says: /not 1.5/ },
    { tokens: { cacheRead: Number.NaN }, path: 'tokens.cacheRead', says: /not NaN/ },
    { tokens: { cacheWrite1h: Number.POSITIVE_INFINITY }, path: 'tokens.cacheWrite1h', says: /not Infinity/ },
    { tokens: { reasoning: MAX + 1 }, path: 'tokens.reasoning', says: /2\^53 - 1/ },
    { tokens: { audioInput: { rawJSON: '9007199254740993' } as unknown as number }, path: 'tokens.audioInput', says: /not 9007199254740993$/ },
    { tokens: { audioInput: {} as number }, path: 'tokens.audioInput', says: /not an object/ },
    { tokens: { audioInput: '12' as unknown as number }, path: 'tokens.audioInput', says: /not a string/ },
    { tokens: { input: MAX, output: 1 }, path: 'tokens', says: /sum to more than/ },
  ])('rejects $tokens, naming $path', ({ tokens, path, says }) => {
    const issues = checkTokenUsage(tokens)
    expect(issues).toMatchObject([{ path }])
    expect(issues[0]?.message).toMatch(says)
  })

  it('names every invalid pool', () => {
    expect(checkTokenUsage({ input: -1, output: 2, reasoning: 0.1 }).map(({ path }) => path)).toEqual(['tokens.input', 'tokens.reasoning'])
  })

  it('accepts exactly the usages whose total can be counted', () => {
    const pools = fc.record(Object.fromEntries(TOKEN_POOLS.map(pool => [pool, fc.oneof(fc.nat(), fc.maxSafeNat())])), { requiredKeys: [] })
    fc.assert(
      fc.property(pools, (tokens: TokenUsageInput) => {
        const exactTotal = TOKEN_POOLS.reduce((total, pool) => total + BigInt(tokens[pool] ?? 0), 0n)
        const fits = exactTotal <= BigInt(MAX)
        expect(checkTokenUsage(tokens).length === 0).toBe(fits)
        if (fits) expect(BigInt(totalTokens(completeTokenUsage(tokens)))).toBe(exactTotal)
      }),
    )
  })
})

it('names pools that do not exist, however many and however long, and ignores those that are undefined', () => {
  expect(checkTokenUsage({ input: 1, outputs: 5 } as never)).toEqual([{ path: 'tokens.outputs', message: 'is not a token pool' }])
  expect(checkTokenUsage({ outputs: undefined } as never)).toEqual([])
  const hostile = Object.fromEntries(Array.from({ length: 1_000 }, (_, i) => [`${'x'.repeat(1_000)}${i}`, 1]))
  expect(checkTokenUsage(hostile).map(({ path }) => path.length)).toEqual(Array.from({ length: 10 }, () => 'tokens.'.length + 65))
})

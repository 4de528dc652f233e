import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FREQUENT_TOKEN_POOLS, RARE_TOKEN_POOLS, TOKEN_POOL_TRAITS, TOKEN_POOLS } from './token-pools.ts'
import { addTokenUsage, completeTokenUsage, hasRareTokens, totalTokens } from './token-usage.ts'

describe('a token usage', () => {
  it('always has the frequent pools, in one order', () => {
    expect(Object.keys(completeTokenUsage({}))).toEqual([...FREQUENT_TOKEN_POOLS])
    expect(Object.keys(completeTokenUsage({ imageOutput: 1, input: 2, cacheRead: null }))).toEqual([...FREQUENT_TOKEN_POOLS])
  })

  it.each(RARE_TOKEN_POOLS)('has %s only if it is not 0', pool => {
    expect(completeTokenUsage({ [pool]: 0 })).not.toHaveProperty(pool)
    expect(completeTokenUsage({ [pool]: null })).not.toHaveProperty(pool)
    expect(completeTokenUsage({ [pool]: 3 })).toEqual({ ...completeTokenUsage({}), [pool]: 3 })
  })

  it.each(RARE_TOKEN_POOLS)('is known to have rare tokens if it has %s', pool => {
    expect(hasRareTokens({ input: 1 })).toBe(false)
    expect(hasRareTokens({ input: 1, [pool]: 1 })).toBe(true)
  })

  it('counts every pool in its total', () => {
    expect(totalTokens(Object.fromEntries(TOKEN_POOLS.map((pool, i) => [pool, 2 ** i])))).toBe(2 ** TOKEN_POOLS.length - 1)
  })

  it('adds up pool by pool and keeps the total', () => {
    const usage = fc.record(Object.fromEntries(TOKEN_POOLS.map(pool => [pool, fc.nat()])), { requiredKeys: [] })
    fc.assert(
      fc.property(fc.array(usage), usages => {
        const sum = addTokenUsage(usages)
        expect(sum).toEqual(completeTokenUsage(sum))
        for (const pool of TOKEN_POOLS) expect(sum[pool] ?? 0).toBe(usages.reduce((total, tokens) => total + (tokens[pool] ?? 0), 0))
        expect(totalTokens(sum)).toBe(usages.reduce((total, tokens) => total + totalTokens(tokens), 0))
      }),
    )
  })
})

describe('the traits of pools', () => {
  it('tell all pools apart', () => {
    expect(Object.keys(TOKEN_POOL_TRAITS).toSorted()).toEqual(TOKEN_POOLS.toSorted())
    const described = TOKEN_POOLS.map(pool => JSON.stringify(TOKEN_POOL_TRAITS[pool]))
    expect(new Set(described).size).toBe(TOKEN_POOLS.length)
  })

  it('give a lifetime to cache writes and to nothing else', () => {
    for (const pool of TOKEN_POOLS) expect(TOKEN_POOL_TRAITS[pool].lifetime !== undefined).toBe(TOKEN_POOL_TRAITS[pool].kind === 'cacheWrite')
  })
})

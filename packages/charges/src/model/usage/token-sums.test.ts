import { completeTokenUsage, TOKEN_POOLS } from '@tollgate/tokens'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { addTokenSums, totalOfPools } from './token-sums.ts'

const MAX = Number.MAX_SAFE_INTEGER

it('adds numbers as long as they are exact, and bigints beyond', () => {
  const half = completeTokenUsage({ input: MAX - 1, videoInput: 1 })
  expect(addTokenSums([half, completeTokenUsage({ input: 1 })])).toEqual(completeTokenUsage({ input: MAX, videoInput: 1 }))
  expect(addTokenSums([half, half, half])).toEqual({ ...completeTokenUsage({ videoInput: 3 }), input: 3n * BigInt(MAX - 1) })
})

it('loses no token, in any order and any number of steps', () => {
  const usage = fc.record(Object.fromEntries(TOKEN_POOLS.map(pool => [pool, fc.maxSafeNat()])), { requiredKeys: [] }).map(completeTokenUsage)
  fc.assert(
    fc.property(fc.array(usage), fc.array(usage), (some, others) => {
      const sum = addTokenSums([addTokenSums(some), addTokenSums(others)])
      const exact = [...some, ...others].flatMap(tokens => TOKEN_POOLS.map(pool => BigInt(tokens[pool] ?? 0))).reduce((total, count) => total + count, 0n)
      expect(TOKEN_POOLS.reduce((total, pool) => total + BigInt(sum[pool] ?? 0), 0n)).toBe(exact)
      expect(totalOfPools(sum).toFixed()).toBe(exact.toString())
    }),
  )
})

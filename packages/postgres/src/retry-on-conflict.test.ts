import { describe, expect, it } from 'vitest'
import { retryOnConflict } from './retry-on-conflict.ts'

const failure = (code: string) => Object.assign(new Error(`failed with ${code}`), { code })

/** A transaction that fails with these errors, one after the other, and then succeeds. */
function failingWith(...errors: Error[]) {
  const left = [...errors]
  const transact = async () => {
    transact.attempts += 1
    const error = left.shift()
    if (error !== undefined) throw error
    return 'committed'
  }
  transact.attempts = 0
  return transact
}

describe('retryOnConflict', () => {
  it.each(['40P01', '40001'])('runs a transaction again after %s', async code => {
    const transact = failingWith(failure(code), failure(code))
    expect(await retryOnConflict(transact)).toBe('committed')
    expect(transact.attempts).toBe(3)
  })

  it('gives up after five attempts', async () => {
    const transact = failingWith(...Array.from({ length: 9 }, () => failure('40P01')))
    await expect(retryOnConflict(transact)).rejects.toThrow('failed with 40P01')
    expect(transact.attempts).toBe(5)
  })

  it('throws any other error at once', async () => {
    const transact = failingWith(failure('23505'))
    await expect(retryOnConflict(transact)).rejects.toThrow('failed with 23505')
    expect(transact.attempts).toBe(1)
  })
})

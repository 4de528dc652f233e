import { describe, expect, it } from 'vitest'
import { awaitAll } from './await-all.ts'

describe('awaitAll', () => {
  it('returns the results in the order of the promises', async () => {
    const [one, two] = await awaitAll([Promise.resolve(1), Promise.resolve('two')])
    expect([one, two]).toEqual([1, 'two'])
  })

  it('waits for every promise before it throws the first error', async () => {
    const slow = Promise.withResolvers<void>()
    let thrown: unknown
    const all = awaitAll([Promise.reject(new Error('first')), slow.promise, Promise.reject(new Error('second'))]).catch((error: unknown) => {
      thrown = error
    })
    await new Promise(resolve => setImmediate(resolve))
    expect(thrown).toBeUndefined()
    slow.resolve()
    await all
    expect(thrown).toEqual(new Error('first'))
  })

  it('throws the error of the statement that failed, whatever the order of the promises', async () => {
    const [notRun, failed] = [Object.assign(new Error('not run'), { code: '25P02' }), Object.assign(new Error('deadlock'), { code: '40P01' })]
    await expect(awaitAll([Promise.resolve(1), Promise.reject(notRun), Promise.reject(failed)])).rejects.toBe(failed)
    await expect(awaitAll([Promise.reject(notRun)])).rejects.toBe(notRun)
  })
})

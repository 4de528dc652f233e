import { describe, expect, it } from 'vitest'
import { shareNext } from './share-next.ts'

/** Work that ends when it is told to, and says which run it was. */
function controlled() {
  const runs: { end: () => void; fail: () => void }[] = []
  const share = shareNext(() => {
    const { promise, resolve, reject } = Promise.withResolvers<number>()
    const run = runs.push({ end: () => resolve(run), fail: () => reject(new Error(`run ${run}`)) })
    return promise
  })
  return { runs, share }
}

const settle = () => new Promise(resolve => setImmediate(resolve))

describe('shareNext', () => {
  it('lets calls during a run wait for the next one together, never for the one that runs', async () => {
    const { runs, share } = controlled()
    const first = share()
    const later = [share(), share(), share()]
    expect(runs).toHaveLength(1)
    runs[0]?.end()
    await settle()
    expect(runs).toHaveLength(2)
    runs[1]?.end()
    expect(await Promise.all([first, ...later])).toEqual([1, 2, 2, 2])
  })

  it('starts at once when nothing runs', async () => {
    const { runs, share } = controlled()
    const first = share()
    runs[0]?.end()
    await first
    const second = share()
    expect(runs).toHaveLength(2)
    runs[1]?.end()
    expect(await second).toBe(2)
  })

  it('goes on after a failure, which only its own callers see', async () => {
    const { runs, share } = controlled()
    const first = share()
    const later = share()
    runs[0]?.fail()
    await expect(first).rejects.toThrow('run 1')
    await settle()
    runs[1]?.end()
    expect(await later).toBe(2)
    const last = share()
    runs[2]?.end()
    expect(await last).toBe(3)
  })
})

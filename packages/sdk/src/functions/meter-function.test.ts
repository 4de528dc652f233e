import { transform } from 'esbuild'
import { beforeEach, describe, expect, it } from 'vitest'
import { createTollgate } from '../create-tollgate.ts'
import { type MemoryEngine, memoryEngine } from '../testing/memory-engine.ts'
import type { Tollgate } from '../tollgate.ts'
import { meter } from './meter-function.ts'
import { metered } from './metered.ts'

let engine: MemoryEngine
let tollgate: Tollgate
let nowMs = 0
beforeEach(() => {
  engine = memoryEngine()
  tollgate = createTollgate({ engine, platform: { monotonicMs: () => nowMs } })
})

/** A function whose work takes 50 ms. */
function generateReport(userId: string, timeframe: string): { rows: number } {
  nowMs += 50
  if (userId === 'nobody') throw new Error('no such user')
  return { rows: timeframe === 'month' ? 12 : 8 }
}

const recorded = async () => {
  await tollgate.flush()
  return engine.events
}

describe('meter', () => {
  it('records a call with fixed credits, its latency and whom it is for, and returns what the function returns', async () => {
    const metering = meter(generateReport, tollgate, {
      operation: 'analytics_generation',
      credits: '0.002',
      description: 'Generate analytics dashboard data',
      resourceType: 'report',
      metadata: userId => ({ customerId: userId }),
    })
    expect(metering('u1', 'month')).toEqual({ rows: 12 })
    expect(await recorded()).toMatchObject([
      {
        operation: 'analytics_generation',
        credits: '0.002',
        latencyMs: 50,
        description: 'Generate analytics dashboard data',
        resourceType: 'report',
        metadata: { customerId: 'u1' },
      },
    ])
  })

  it('computes credits and resources from the parameters and the result', async () => {
    const metering = meter(async (userId: string) => generateReport(userId, 'day'), tollgate, {
      operation: 'report',
      credits: ({ result }) => result.rows / 4,
      resourceId: ({ parameters: [userId] }) => `report-of-${userId}`,
    })
    expect(await metering('u1')).toEqual({ rows: 8 })
    expect(await recorded()).toMatchObject([{ credits: '2', resourceId: 'report-of-u1' }])
  })

  it.each([
    { name: 'synchronous', call: async () => meter(generateReport, tollgate, { credits: 5 })('nobody', 'day') },
    { name: 'asynchronous', call: async () => meter(async () => generateReport('nobody', 'day'), tollgate, { operation: 'generateReport', credits: 5 })() },
  ])('records a $name call that fails as a failure without credits, and throws the same error', async ({ call }) => {
    await expect(call()).rejects.toThrow('no such user')
    expect(await recorded()).toMatchObject([{ operation: 'generateReport', status: 'FAILURE', errorMessage: 'no such user', credits: '0' }])
  })

  it('records a generator when it ends, and one that is left early as aborted', async () => {
    function* pages(count: number): Generator<number, string> {
      for (let page = 1; page <= count; page += 1) yield page
      return 'done'
    }
    const metering = meter(pages, tollgate, { credits: ({ parameters: [count], result = 'left' }) => (result === 'done' ? count : 1) })
    expect([...metering(3)]).toEqual([1, 2, 3])
    for (const page of metering(3)) if (page === 2) break
    expect(await recorded()).toMatchObject([
      { operation: 'pages', credits: '3' },
      { operation: 'pages', credits: '1', metadata: { attributes: { aborted: true } } },
    ])
  })

  it('passes on the values of an asynchronous generator, and what its caller sends to it', async () => {
    async function* echo(): AsyncGenerator<string, number, string> {
      const first = yield 'ready'
      yield first
      return 2
    }
    const parts = meter(echo, tollgate, { quantity: ({ result }) => result })()
    expect([await parts.next(''), await parts.next('hello'), await parts.next('')]).toEqual([
      { done: false, value: 'ready' },
      { done: false, value: 'hello' },
      { done: true, value: 2 },
    ])
    expect(await recorded()).toMatchObject([{ operation: 'echo', quantity: '2' }])
  })

  it('records a call whose credits cannot be computed without them', async () => {
    const metering = meter(generateReport, tollgate, {
      credits: () => {
        throw new Error('unknown')
      },
    })
    expect(metering('u1', 'day')).toEqual({ rows: 8 })
    const [event] = await recorded()
    expect([event?.operation, event?.credits]).toEqual(['generateReport', undefined])
  })

  it('attributes a call to the context that it starts in', async () => {
    const metering = meter(async () => {}, tollgate, { operation: 'sync' })
    await tollgate.run({ customerId: 'cust_0001' }, metering)
    expect(await recorded()).toMatchObject([{ metadata: { customerId: 'cust_0001' } }])
  })
})

/** Compiled here, because the test runner does not compile decorators. */
const PROGRAM = `
export const createReports = (metered, tollgate) =>
  new (class Reports {
    #rows = 7
    @metered(tollgate, { credits: ({ result }) => result })
    async build() { return this.#rows }
  })()`

describe('metered', () => {
  it('records calls of a method under its name, with its object as this', async () => {
    const { code } = await transform(PROGRAM, { target: 'es2022' })
    const { createReports } = (await import(`data:text/javascript,${encodeURIComponent(code)}`)) as {
      createReports: (decorator: typeof metered, recorder: Tollgate) => { build(): Promise<number> }
    }
    expect(await createReports(metered, tollgate).build()).toBe(7)
    expect(await recorded()).toMatchObject([{ operation: 'build', credits: '7' }])
  })
})

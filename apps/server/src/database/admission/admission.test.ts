import { DatabaseBusy } from '@tollgate/postgres'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Admission, type AdmissionLimits, createAdmission } from './admission.ts'
import type { RequestWork } from './request-work.ts'

const WIDE: AdmissionLimits = { total: 100, perTenant: 100, ofOperators: 100, perKey: 100, perRequest: 100, waitingPerTenant: 1_000, waitMs: 10_000 }

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const request = (tenantId: string | undefined, keyId = 'key'): RequestWork => ({ kind: 'read', tenantId, keyId })

/** Runs calls that end when the test says so, and notes their names in the order of their starts. */
function calls(admission: Admission) {
  const started: string[] = []
  const ends = new Map<string, () => void>()
  const failed: [name: string, error: unknown][] = []
  const call = (name: string, of: RequestWork) => {
    const task = () => {
      started.push(name)
      return new Promise<void>(resolve => ends.set(name, resolve))
    }
    admission.run(of, task).catch((error: unknown) => failed.push([name, error]))
  }
  return {
    started,
    failed,
    call,
    calls: (prefix: string, count: number, of: RequestWork) => Array.from({ length: count }, (_, i) => call(`${prefix}${i + 1}`, of)),
    async end(name: string) {
      ends.get(name)?.()
      await vi.advanceTimersByTimeAsync(0)
    },
  }
}

describe('maximum numbers', () => {
  it.each([
    ['of all calls', { total: 3 }, [request('a'), request('b')], 3],
    ['of the calls of a tenant', { perTenant: 2 }, [request('a', 'one'), request('a', 'two')], 2],
    ['of the calls of a key', { perKey: 2 }, [request('a'), request('a')], 2],
    ['of the calls of a request', { perRequest: 2 }, [request('a')], 2],
    ['of the calls of operators', { ofOperators: 3 }, [request(undefined, 'one'), request(undefined, 'two')], 3],
  ])('%s are kept', async (_, limits, requests, expected) => {
    const run = calls(createAdmission({ ...WIDE, ...limits }))
    for (const [i, of] of requests.entries()) run.calls(`${i}-`, 190, of)
    expect(run.started).toHaveLength(expected)
    await run.end(run.started[0] ?? '')
    expect(run.started).toHaveLength(expected + 1)
  })

  it('of one tenant do not hold back another', () => {
    const run = calls(createAdmission({ ...WIDE, total: 8, perTenant: 4 }))
    run.calls('noisy', 190, request('noisy'))
    run.call('victim', request('victim'))
    expect(run.started).toEqual(['noisy1', 'noisy2', 'noisy3', 'noisy4', 'victim'])
  })

  it('of waiting calls refuse the next one of the tenant at once', async () => {
    const admission = createAdmission({ ...WIDE, perTenant: 1, waitingPerTenant: 2 })
    const run = calls(admission)
    run.calls('a', 4, request('a'))
    await vi.advanceTimersByTimeAsync(0)
    expect(run.failed).toEqual([['a4', expect.any(DatabaseBusy)]])
    expect(admission.counts()).toEqual({ running: 1, waiting: 2, refused: 1 })
  })
})

describe('turns', () => {
  it('are taken by tenants, whatever the number of their calls', async () => {
    const run = calls(createAdmission({ ...WIDE, total: 1 }))
    run.calls('noisy', 5, request('noisy'))
    run.calls('a', 2, request('a'))
    run.calls('b', 1, request('b'))
    for (let i = 0; i < 8; i++) await run.end(run.started.at(-1) ?? '')
    expect(run.started).toEqual(['noisy1', 'noisy2', 'a1', 'b1', 'noisy3', 'a2', 'noisy4', 'noisy5'])
  })

  it('are taken by the keys of a tenant, and by the requests of a key', async () => {
    const run = calls(createAdmission({ ...WIDE, total: 1 }))
    run.calls('large', 4, request('a', 'reports'))
    run.calls('small', 1, request('a', 'reports'))
    run.calls('other', 1, request('a', 'dashboard'))
    for (let i = 0; i < 6; i++) await run.end(run.started.at(-1) ?? '')
    expect(run.started).toEqual(['large1', 'large2', 'other1', 'small1', 'large3', 'large4'])
  })
})

describe('a deadline', () => {
  it('ends the wait of a call with a retry delay, and lets the others go on', async () => {
    const run = calls(createAdmission({ ...WIDE, total: 1, waitMs: 10_000 }))
    run.call('slow', request('a'))
    run.call('late', request('b'))
    await vi.advanceTimersByTimeAsync(6_000)
    run.call('in time', request('c'))
    await vi.advanceTimersByTimeAsync(4_000)
    expect(run.failed).toEqual([['late', expect.objectContaining({ code: 'OVERLOADED', retryAfterMs: 500 })]])
    await run.end('slow')
    expect(run.started).toEqual(['slow', 'in time'])
  })
})

describe('a budget', () => {
  const limits = { ...WIDE, waitMs: 10_000, budget: { share: 1, burstMs: 2_000 } }

  /** Runs a call that takes this long. */
  async function work(run: ReturnType<typeof calls>, name: string, ms: number, of: RequestWork): Promise<void> {
    run.call(name, of)
    await vi.advanceTimersByTimeAsync(ms)
    await run.end(name)
  }

  it('makes a tenant that has used it up wait until it is positive again, and nobody else', async () => {
    const run = calls(createAdmission({ ...limits, budget: { share: 0.5, burstMs: 2_000 } }))
    await work(run, 'report', 5_000, request('a')) // Saved: 2 s, 5 s spent.
    run.call('next', request('a'))
    run.call('other', request('b'))
    expect(run.started).toEqual(['report', 'other'])
    await vi.advanceTimersByTimeAsync(5_900)
    expect(run.started).toEqual(['report', 'other'])
    await vi.advanceTimersByTimeAsync(200)
    expect(run.started).toEqual(['report', 'other', 'next'])
  })

  it('refuses a call at once that would have to wait longer than the deadline, and says for how long', async () => {
    const run = calls(createAdmission({ ...limits, budget: { share: 0.1, burstMs: 2_000 } }))
    await work(run, 'report', 5_000, request('a'))
    run.call('next', request('a'))
    await vi.advanceTimersByTimeAsync(0)
    expect(run.failed).toEqual([['next', expect.objectContaining({ retryAfterMs: 30_000 })]])
  })

  it('is charged for work that takes no time in the database, such as reading many rows', async () => {
    const admission = createAdmission(limits)
    const run = calls(admission)
    await work(run, 'rows', 0, request('a'))
    admission.charge(request('a'), 3_000)
    run.call('next', request('a'))
    expect(run.started).toEqual(['rows'])
    await vi.advanceTimersByTimeAsync(1_100)
    expect(run.started).toEqual(['rows', 'next'])
  })

  it('does not exist for operators', async () => {
    const run = calls(createAdmission(limits))
    await work(run, 'report', 60_000, request(undefined))
    run.call('next', request(undefined))
    expect(run.started).toEqual(['report', 'next'])
  })
})

it('passes on what a call returns and throws, and gives back its place', async () => {
  const admission = createAdmission({ ...WIDE, total: 1 })
  expect(await admission.run(request('a'), async () => 7)).toBe(7)
  await expect(admission.run(request('a'), () => Promise.reject(new Error('wrong')))).rejects.toThrow('wrong')
  expect(await admission.run(request('a'), async () => 8)).toBe(8)
  expect(admission.counts()).toEqual({ running: 0, waiting: 0, refused: 0 })
})

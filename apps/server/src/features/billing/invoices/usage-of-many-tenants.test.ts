import type { ChargedUsageReader, UsageSum } from '@tollgate/charges'
import { Temporal, ZERO } from '@tollgate/kernel'
import { expect, it } from 'vitest'
import { type TenantSumsQuery, usageOfManyTenants } from './usage-of-many-tenants.ts'

const range = { from: Temporal.Instant.from('2026-10-01T00:00:00Z'), to: Temporal.Instant.from('2026-11-01T00:00:00Z') }
const ids = (count: number, first = 1) => Array.from({ length: count }, (_, i) => `t${first + i}`)
const sumOf = (tenantId: string): UsageSum => ({ key: [tenantId], calls: 1, unpricedCalls: 0, tokens: {} as UsageSum['tokens'], quantity: ZERO, cost: ZERO })
const settled = () => new Promise(resolve => setImmediate(() => setImmediate(resolve)))

/** Reads of many tenants that end when the test says so, and reads of one. */
function setUp() {
  const reads: { readonly query: TenantSumsQuery; readonly end: PromiseWithResolvers<ReturnType<typeof found> | undefined> }[] = []
  const single: string[] = []
  const reader = {
    sums: async ({ tenantId }: { readonly tenantId: string }) => {
      single.push(tenantId)
      return [[sumOf(tenantId)]]
    },
  } as unknown as ChargedUsageReader
  const { sums } = usageOfManyTenants(reader, {
    sumsOfTenants: query => {
      const end = Promise.withResolvers<ReturnType<typeof found> | undefined>()
      reads.push({ query, end })
      return end.promise
    },
  })
  const keysOf = async (tenantId: string, more: Partial<Parameters<typeof sums>[0]> = {}) =>
    (await sums({ tenantId, range, periods: [range], by: ['model'], first: 10, ...more })).flat().map(({ key }) => key[0])
  return { reads, single, keysOf, sizes: () => reads.map(({ query }) => query.tenantIds.length) }
}

function found(tenantIds: readonly string[]): ReadonlyMap<string, readonly (readonly UsageSum[])[]> {
  return new Map(tenantIds.map(id => [id, [[sumOf(id)]]]))
}

it('reads the usage of up to 100 tenants together, two reads at a time, and answers each when its own read has ended', async () => {
  const { reads, keysOf, sizes } = setUp()
  const answered = ids(250).map(id => keysOf(id))
  await settled()
  expect(sizes()).toEqual([100, 100])
  reads[1]?.end.resolve(found(ids(100, 101)))
  expect(await answered[149]).toEqual(['t150'])
  await settled()
  // The rest could still grow, so it waits until nothing runs.
  expect(sizes()).toEqual([100, 100])
  reads[0]?.end.resolve(found(ids(100)))
  await settled()
  expect(sizes()).toEqual([100, 100, 50])
  reads[2]?.end.resolve(found(ids(50, 201)))
  expect((await Promise.all(answered)).flat()).toEqual(ids(250))
})

it('reads in halves what has too many groups together, and a tenant by itself in the end', async () => {
  const { reads, single, keysOf, sizes } = setUp()
  const answered = Promise.all(ids(3).map(id => keysOf(id)))
  await settled()
  reads[0]?.end.resolve(undefined)
  await settled()
  reads[1]?.end.resolve(found(ids(2)))
  expect((await answered).flat()).toEqual(ids(3))
  expect([sizes(), single]).toEqual([[3, 2], ['t3']])
})

it('fails for the tenants of a read that fails, and not for those of the next', async () => {
  const { reads, single, keysOf, sizes } = setUp()
  const failing = Promise.allSettled(ids(2).map(id => keysOf(id)))
  await settled()
  const next = Promise.all(['t1', 't1', 't9'].map(id => keysOf(id)))
  reads[0]?.end.reject(new Error('no database'))
  expect((await failing).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  await settled()
  reads[1]?.end.resolve(found(['t1', 't9']))
  expect((await next).flat()).toEqual(['t1', 't1', 't9'])
  expect(await keysOf('t7', { filter: { model: ['gpt-5'] } })).toEqual(['t7'])
  expect([sizes(), single]).toEqual([[2, 2], ['t7']])
})

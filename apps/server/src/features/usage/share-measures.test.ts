import { Temporal, tenantScope } from '@tollgate/kernel'
import type { MeasuredGroup, MeasureQuery, UsageStore } from '@tollgate/usage'
import { beforeEach, expect, it, vi } from 'vitest'
import { executeFor } from '../../database/admission/request-work.ts'
import { shareMeasures } from './share-measures.ts'

const ACME = tenantScope('acme')
const question = (day: number): MeasureQuery => ({
  buckets: [{ from: Temporal.Instant.from(`2026-11-0${day}T00:00:00Z`), to: Temporal.Instant.from('2026-12-01T00:00:00Z') }],
})
const measure = vi.fn<UsageStore['measure']>()
const { measure: shared } = shareMeasures({ measure } as unknown as UsageStore)
const ask = (keyId: string, day: number, scope = ACME) =>
  executeFor({ kind: 'tenant', tenantId: 'acme', keyId, scopes: new Set() }, 'read', () => shared(scope, question(day)))

/** Each read is answered when the test says so. */
let reads: { resolve(groups: readonly MeasuredGroup[]): void; reject(error: unknown): void }[]
beforeEach(() => {
  reads = []
  measure.mockReset().mockImplementation(() => new Promise((resolve, reject) => reads.push({ resolve, reject })))
})
const started = (count: number) => vi.waitUntil(() => reads.length === count)

it('reads equal questions of a key once, and others on their own', async () => {
  const answers = [ask('one', 1), ask('one', 1), ask('one', 2), ask('two', 1), ask('one', 1, tenantScope('globex'))]
  await started(4)
  for (const { resolve } of reads) resolve([])
  expect(await Promise.all(answers)).toEqual([[], [], [], [], []])
  expect(measure).toHaveBeenCalledTimes(4)
})

it('never answers with a read that started before the question', async () => {
  const before = ask('one', 1)
  await started(1)
  const after = ask('one', 1)
  reads[0]?.resolve([])
  expect(await before).toEqual([])
  await started(2)
  const groups = [{ bucket: 0, key: [] }] as unknown as MeasuredGroup[]
  reads[1]?.resolve(groups)
  expect(await after).toEqual(groups)
})

it('reads again after a read has failed', async () => {
  const failed = ask('one', 1)
  await started(1)
  reads[0]?.reject(new Error('busy'))
  await expect(failed).rejects.toThrow('busy')
  const next = ask('one', 1)
  await started(2)
  reads[1]?.resolve([])
  expect(await next).toEqual([])
})

it('shares nothing in changes and outside of requests', async () => {
  const changes = ['one', 'one'].map(keyId =>
    executeFor({ kind: 'tenant', tenantId: 'acme', keyId, scopes: new Set() }, 'change', () => shared(ACME, question(1))),
  )
  const jobs = [shared(ACME, question(1)), shared(ACME, question(1))]
  await started(4)
  for (const { resolve } of reads) resolve([])
  await Promise.all([...changes, ...jobs])
})

import { Temporal } from '@tollgate/kernel'
import { NO_USAGE, type UsageReport } from '@tollgate/usage'
import { expect, it } from 'vitest'
import type { GraphQLContext } from '../../../../graphql/context.ts'
import { reportTotals } from './report-totals.ts'

const NOTHING = { latency: false, details: false, customers: false, charge: false }

it('reads totals once for all fields, with what each of them needs', async () => {
  const reads: unknown[] = []
  const report = {
    totals: async (options: unknown) => {
      reads.push(options)
      return NO_USAGE
    },
  } as unknown as UsageReport
  const range = { from: Temporal.Instant.from('2026-03-01T00:00:00Z'), to: Temporal.Instant.from('2026-04-01T00:00:00Z') }
  // A filter that selects single events, which have no charge.
  const read = reportTotals({} as GraphQLContext, { report, usage: { tenantId: 'acme', range, filter: { sessions: ['s1'] } } })

  await Promise.all([read(NOTHING), read({ ...NOTHING, latency: true }), read({ ...NOTHING, customers: true })])
  expect(reads).toEqual([{ latency: true, details: false, customers: true }])
  expect(await read({ ...NOTHING, latency: true })).toEqual(NO_USAGE)
  expect(reads).toHaveLength(1)
  await read({ ...NOTHING, details: true })
  expect(reads.slice(1)).toEqual([{ latency: false, details: true, customers: false }])
})

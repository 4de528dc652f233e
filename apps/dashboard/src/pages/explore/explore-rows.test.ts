import { describe, expect, it } from 'vitest'
import type { RowFragment } from './explore-groups.operations.ts'
import { changeOf, exploreRows, shareOf } from './explore-rows.ts'

const measures = (calls: number, more: Partial<RowFragment> = {}): RowFragment => ({
  calls,
  successes: calls,
  errorRate: 0,
  tokens: { total: calls * 10 },
  cost: String(calls / 100),
  charge: null,
  currency: 'USD',
  unpricedCalls: 0,
  latencyMs: null,
  ...more,
})
const group = (model: string | null, calls: number) => ({ key: [{ dimension: 'MODEL' as const, value: model }], measures: measures(calls) })
const range = { from: '2026-11-01T00:00:00Z', to: '2026-11-08T00:00:00Z' }
const usage = { ...range, totals: measures(100), groups: { groupCount: 487, groups: [group('a', 50), group(null, 20)], other: measures(30) } }

describe('the rows of the table', () => {
  it('are the groups, all others as one, and the total', () => {
    expect(exploreRows(usage).map(({ kind, values, measures: { calls } }) => [kind, ...values.map(({ value }) => value), calls])).toEqual([
      ['group', 'a', 50],
      ['group', null, 20],
      ['other', 30],
      ['total', 100],
    ])
  })

  it('are the total alone without grouping', () => {
    expect(exploreRows({ ...range, totals: measures(3) }).map(({ kind }) => kind)).toEqual(['total'])
  })

  it('know the period before of each group, and that a new one had none', () => {
    const previous = { ...range, totals: measures(40), groups: { groupCount: 1, groups: [group('a', 40)] } }
    expect(exploreRows({ ...usage, previous }).map(({ before }) => (before === null ? null : before?.calls))).toEqual([40, null, undefined, 40])
  })

  it('do not claim that a group is new if not all earlier groups are known', () => {
    const previous = { ...range, totals: measures(40), groups: { groupCount: 2, groups: [group('a', 40)] } }
    expect(exploreRows({ ...usage, previous })[1]?.before).toBeUndefined()
  })
})

describe('what a row says of itself', () => {
  const [row] = exploreRows({ ...usage, previous: { ...range, totals: measures(40), groups: { groupCount: 1, groups: [group('a', 40)] } } })
  if (row === undefined) throw new Error('There is no row.')

  it('is its share of the total, except for latencies', () => {
    expect(shareOf(row, usage.totals, 'CALLS')).toBe(0.5)
    expect(shareOf(row, usage.totals, 'COST')).toBe(0.5)
    expect(shareOf(row, usage.totals, 'CHARGE')).toBeNull()
    expect(shareOf(row, usage.totals, 'LATENCY_P95')).toBeNull()
    expect(shareOf(row, measures(0), 'CALLS')).toBeNull()
  })

  it('is its change from the period before', () => {
    expect(changeOf(row, 'CALLS')).toBe(0.25)
    expect(changeOf(row, 'ERRORS')).toBeNull()
    expect(changeOf({ ...row, before: null }, 'CALLS')).toBeNull()
  })
})

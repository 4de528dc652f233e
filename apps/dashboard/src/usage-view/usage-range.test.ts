import { describe, expect, it } from 'vitest'
import { granularityOf, rangeVariables, readUsageRange } from './usage-range.ts'

describe('the range of an address', () => {
  it('is the last 30 days by default, also if the address says nonsense', () => {
    expect(readUsageRange({})).toEqual({ period: 'LAST_30_DAYS' })
    expect(readUsageRange({ period: 'SOMETIME', from: '2026-11-01' })).toEqual({ period: 'LAST_30_DAYS' })
    expect(readUsageRange({ from: '2026-11-01', to: 'never' })).toEqual({ period: 'LAST_30_DAYS' })
  })

  it('is from one time to another before it is a named period', () => {
    expect(readUsageRange({ period: 'TODAY', from: '2026-11-01', to: '2026-11-02T06:00' })).toEqual({ from: '2026-11-01', to: '2026-11-02T06:00' })
  })

  it('reaches the API as instants of the zone', () => {
    expect(rangeVariables({ period: 'TODAY' }, 'Europe/Berlin')).toEqual({ period: 'TODAY', range: null })
    expect(rangeVariables({ from: '2026-11-01', to: '2026-11-02' }, 'Europe/Berlin')).toEqual({
      period: null,
      range: { from: '2026-10-31T23:00:00.000Z', to: '2026-11-01T23:00:00.000Z' },
    })
  })

  it.each([
    [{ period: 'YESTERDAY' as const }, 'HOUR'],
    [{ period: 'THIS_MONTH' as const }, 'DAY'],
    [{ from: '2026-11-01', to: '2026-11-04' }, 'HOUR'],
    [{ from: '2026-11-01', to: '2026-11-05' }, 'DAY'],
    [{ from: '2026-01-01', to: '2026-11-05' }, 'WEEK'],
    [{ from: '2020-01-01', to: '2026-11-05' }, 'MONTH'],
  ])('%j is shown by %s', (range, granularity) => {
    expect(granularityOf(range)).toBe(granularity)
  })
})

import { describe, expect, it } from 'vitest'
import { chartData, stacked } from './chart-data.ts'

const DAY = 86_400
const day = (date: number) => `2026-03-${String(date).padStart(2, '0')}T00:00:00Z`
const series = (key: string, points: readonly { start: string; calls: number | null }[]) => ({ key, label: key, color: '#000', points })
const calls = ({ calls: count }: { readonly calls: number | null }) => count

describe('data of charts', () => {
  it('shows a time that a series lacks as a gap, and not as zero', () => {
    const long = series('long', [
      { start: day(1), calls: 1 },
      { start: day(2), calls: 2 },
    ])
    const data = chartData([long, series('short', [{ start: day(2), calls: 5 }])], calls, Date.parse(day(20)))
    expect(data.series.map(({ values }) => values)).toEqual([
      [1, 2],
      [null, 5],
    ])
    expect(data.runningFrom).toBeUndefined()
  })

  it('marks the bucket that has not ended, and shows nothing after it', () => {
    const points = [1, 2, 3, 4].map(date => ({ start: day(date), calls: date }))
    const data = chartData([series('calls', points)], calls, Date.parse(day(3)) + 3_600_000)
    expect(data.runningFrom).toBe(2)
    expect(data.series[0]?.values).toEqual([1, 2, 3, null])
  })

  it('marks the last bucket while it runs', () => {
    const points = [1, 2].map(date => ({ start: day(date), calls: date }))
    expect(chartData([series('calls', points)], calls, Date.parse(day(2)) + 1_000).runningFrom).toBe(1)
    expect(chartData([series('calls', points)], calls, Date.parse(day(3))).runningFrom).toBeUndefined()
    expect(chartData([series('calls', points)], calls, Date.parse(day(3))).times).toEqual([Date.parse(day(1)) / 1_000, Date.parse(day(1)) / 1_000 + DAY])
  })

  it('stacks layers, in which a gap of one adds nothing and a gap of all stays one', () => {
    const layers = [
      { key: 'a', label: 'a', color: '#000', values: [1, null, null] },
      { key: 'b', label: 'b', color: '#000', values: [2, 3, null] },
    ]
    expect(stacked({ times: [1, 2, 3], series: layers }).series.map(({ values }) => values)).toEqual([
      [1, null, null],
      [3, 3, null],
    ])
  })
})

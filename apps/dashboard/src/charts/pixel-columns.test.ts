import { describe, expect, it } from 'vitest'
import { pixelColumns } from './pixel-columns.ts'

const shown = (values: readonly (number | null)[], pointsInColumn: number) =>
  pixelColumns(values, at => Math.floor(at / pointsInColumn)).map(({ column, low, high }) => [column, low, high])

describe('columns of pixels', () => {
  it('keep every peak of many points', () => {
    const values = Array.from({ length: 10_000 }, (_, at) => (at === 4_321 ? 99 : at === 7_654 ? -9 : 1))
    const columns = shown(values, 10)
    expect(columns).toHaveLength(1_000)
    expect(columns[432]).toEqual([432, 1, 99])
    expect(columns[765]).toEqual([765, -9, 1])
    expect(columns.filter(([, low, high]) => low !== 1 || high !== 1)).toHaveLength(2)
  })

  it('touch where the line leads from one to the next', () => {
    expect(shown([1, 2, 6, 7], 2)).toEqual([
      [0, 1, 2],
      [1, 2, 7],
    ])
  })

  it('show a gap, and lead nowhere over it', () => {
    expect(shown([1, 1, null, null, 5, 5], 2)).toEqual([
      [0, 1, 1],
      [2, 5, 5],
    ])
    expect(shown([1, null, 5, 5], 2)).toEqual([
      [0, 1, 1],
      [1, 5, 5],
    ])
  })

  it('are filled between points that lie further apart', () => {
    expect(pixelColumns([0, 3], at => at * 3).map(({ column, low, high }) => [column, low, high])).toEqual([
      [0, 0, 0],
      [1, 0, 1],
      [2, 1, 2],
      [3, 2, 3],
    ])
  })
})

/** What a line covers in one column of pixels. */
export interface PixelColumn {
  readonly column: number
  readonly low: number
  readonly high: number
}

/**
 * Reduces a line to what it covers in each column of pixels: from its lowest to its highest value there, so that no peak is lost
 * however many points there are. Columns touch as the points of the line do. Nothing leads over a gap, and a column without a
 * value is a gap. `columnOf` returns the column of a point, by its position; columns never decrease.
 */
export function pixelColumns(values: readonly (number | null | undefined)[], columnOf: (at: number) => number): PixelColumn[] {
  const columns: { column: number; low: number; high: number }[] = []
  let before: { readonly column: number; readonly value: number } | undefined
  const cover = (column: number, low: number, high: number) => {
    const last = columns.at(-1)
    if (last?.column !== column) return void columns.push({ column, low, high })
    last.low = Math.min(last.low, low)
    last.high = Math.max(last.high, high)
  }
  for (const [at, value] of values.entries()) {
    if (value === null || value === undefined) {
      before = undefined
      continue
    }
    const column = columnOf(at)
    if (before === undefined || before.column === column) cover(column, value, value)
    else {
      const step = (value - before.value) / (column - before.column)
      for (let between = before.column + 1; between <= column; between += 1) {
        const end = between === column ? value : before.value + step * (between - before.column)
        const start = before.value + step * (between - 1 - before.column)
        cover(between, Math.min(start, end), Math.max(start, end))
      }
    }
    before = { column, value }
  }
  return columns
}

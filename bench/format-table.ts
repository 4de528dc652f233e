import { type BenchmarkRow, meetsAim } from './benchmark.ts'

const HEADINGS = ['', 'ours', 'peer', 'unit', 'ratio', 'aim', '']

/** Formats rows as a table of plain text, with numbers aligned right. */
export function formatTable(rows: readonly BenchmarkRow[]): string {
  const cells = rows.map(row => [
    row.name,
    number(row.ours),
    number(row.peer),
    row.unit,
    row.ratio.toFixed(2),
    formatAim(row),
    meetsAim(row) ? 'met' : 'missed',
  ])
  const lines = [HEADINGS, ...cells]
  const widths = HEADINGS.map((_, column) => Math.max(...lines.map(line => line[column]?.length ?? 0)))
  return lines
    .map(line =>
      line
        .map((cell, column) => pad(cell, column, widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

const NUMERIC_COLUMNS = new Set([1, 2, 4])

function pad(cell: string, column: number, width: number): string {
  return NUMERIC_COLUMNS.has(column) ? cell.padStart(width) : cell.padEnd(width)
}

function formatAim({ aim }: BenchmarkRow): string {
  return 'atLeast' in aim ? `>= ${aim.atLeast}` : `<= ${aim.atMost}`
}

function number(value: number): string {
  return value.toLocaleString('en', { maximumFractionDigits: value < 100 ? 1 : 0 })
}

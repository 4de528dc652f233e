/** A column of a table: its heading, and which end its cells line up at. Numbers line up at the end. */
export interface Column {
  readonly heading: string
  readonly align?: 'end'
}

/** Lays rows of text out under headings, two spaces between columns. */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const widths = columns.map(({ heading }, at) => Math.max(heading.length, ...rows.map(row => (row[at] ?? '').length)))
  const line = (cells: readonly string[]) =>
    columns
      .map(({ align }, at) => (align === 'end' ? (cells[at] ?? '').padStart(widths[at] ?? 0) : (cells[at] ?? '').padEnd(widths[at] ?? 0)))
      .join('  ')
      .trimEnd()
  const rule = widths.map(width => '─'.repeat(width)).join('  ')
  return [line(columns.map(({ heading }) => heading)), rule, ...rows.map(line)].join('\n')
}

import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'

/** A column of a table. */
export interface Column<Row> {
  readonly header: ReactNode
  readonly cell: (row: Row) => ReactNode
  /** Numbers align right. */
  readonly isNumber?: boolean
  readonly className?: string
}

export interface DataTableProps<Row> {
  /** Says what the table lists, to screen readers. */
  readonly caption: string
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  readonly keyOf: (row: Row) => string
  /** Shown without rows. */
  readonly empty?: ReactNode
  readonly onOpen?: ((row: Row) => void) | undefined
}

/** How wide a column is at least, on average. Below it, names break into many lines. */
const MIN_COLUMN_REM = 6

/** A table. On a narrow screen it scrolls sideways in itself. */
export function DataTable<Row>({ caption, columns, rows, keyOf, empty, onOpen }: DataTableProps<Row>) {
  if (rows.length === 0 && empty !== undefined) return empty
  return (
    <div className="relative -mx-4 overflow-x-auto px-4" tabIndex={0} role="group" aria-label={caption}>
      <table className="w-full border-collapse" style={{ minWidth: `${columns.length * MIN_COLUMN_REM}rem` }}>
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr className="border-b border-line text-left text-muted">
            {columns.map(({ header, isNumber, className }, at) => (
              <th key={at} scope="col" className={classNames('px-2 py-1.5 font-medium whitespace-nowrap', isNumber === true && 'text-right', className)}>
                {header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(row => (
            <tr
              key={keyOf(row)}
              className={classNames('border-b border-line last:border-0', onOpen !== undefined && 'cursor-pointer hover:bg-sunken')}
              onClick={onOpen && (() => onOpen(row))}
            >
              {columns.map(({ cell, isNumber, className }, at) => (
                <td key={at} className={classNames('px-2 py-1.5 align-baseline', isNumber === true && 'text-right whitespace-nowrap tabular-nums', className)}>
                  {cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

import { useZone } from '../app/use-zone.ts'
import { type Column, DataTable } from '../ui/data-table.tsx'
import { formatTime, type TimeStyle } from '../ui/format.ts'
import type { ChartData } from './chart-data.ts'

export interface ChartTableProps {
  readonly label: string
  readonly data: ChartData
  readonly format: (value: number) => string
  readonly timeStyle: TimeStyle
}

/** The values of a chart as a table. */
export function ChartTable({ label, data: { times, series, runningFrom }, format, timeStyle }: ChartTableProps) {
  const zone = useZone()
  const rows = times.map((time, at) => ({ time, at }))
  const columns: Column<{ time: number; at: number }>[] = [
    {
      header: `Time (${zone})`,
      cell: ({ time, at }) => `${formatTime(time * 1_000, zone, timeStyle)}${runningFrom !== undefined && at >= runningFrom ? ' (running)' : ''}`,
    },
    ...series.map(({ label: name, values }): Column<{ time: number; at: number }> => ({
      header: name,
      isNumber: true,
      cell: ({ at }) => {
        const value = values[at]
        return value === null || value === undefined ? 'no data' : format(value)
      },
    })),
  ]
  return (
    <div className="max-h-96 overflow-y-auto">
      <DataTable caption={label} columns={columns} rows={rows} keyOf={({ time }) => String(time)} />
    </div>
  )
}

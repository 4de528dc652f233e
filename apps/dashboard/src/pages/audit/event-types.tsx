import { DataTable } from '../../ui/data-table.tsx'
import { formatCount, formatShare } from '../../ui/format.ts'
import { LinkButton } from '../../ui/link-button.tsx'
import { Empty } from '../../ui/states.tsx'
import type { ReportQuery } from './audit.operations.ts'

export interface EventTypesProps {
  readonly report: ReportQuery['auditReport']
  /** Shows the events of a type. */
  readonly onChoose: (type: string) => void
}

/** How often each type of event was recorded, most often first. */
export function EventTypes({ report: { totalEvents, eventsByType }, onChoose }: EventTypesProps) {
  return (
    <DataTable
      caption="Counts by type"
      rows={eventsByType}
      keyOf={({ eventType }) => eventType}
      empty={<Empty title="Nothing was recorded in this time.">Choose a longer time.</Empty>}
      columns={[
        { header: 'Type', className: 'max-w-96 break-all', cell: ({ eventType }) => <LinkButton onClick={() => onChoose(eventType)}>{eventType}</LinkButton> },
        { header: 'Events', isNumber: true, cell: ({ count }) => formatCount(count) },
        { header: 'Share', isNumber: true, cell: ({ count }) => (totalEvents === 0 ? '–' : formatShare(count / totalEvents)) },
      ]}
    />
  )
}

import { Link } from '@tanstack/react-router'
import { useRead } from '../../graphql/use-read.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { Dialog, DialogButtons } from '../../ui/dialog.tsx'
import { Empty, Shown } from '../../ui/states.tsx'
import { Time } from '../../ui/time.tsx'
import { LINE_EVENTS } from './invoices.operations.ts'

/** Where a line comes from: its range of usage, and its latest events. */
export function LineEvents({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const read = useRead(LINE_EVENTS, { id })
  return (
    <Dialog title="Where this line comes from" about={read.data?.explainInvoiceLine.line.description} isOpen onClose={onClose}>
      <Shown read={read}>
        {({ explainInvoiceLine: { ranges, events } }) => (
          <>
            {ranges.map(({ from, to }) => (
              <p key={from}>
                Usage from <Time at={from} /> to <Time at={to} />
              </p>
            ))}
            <DataTable
              caption="Latest events of the line"
              rows={events?.nodes ?? []}
              keyOf={event => event.id}
              empty={<Empty title="It charges no usage events.">Such as a fee, or a minimum.</Empty>}
              columns={[
                {
                  header: 'Event',
                  cell: event => (
                    <Link to="/events" search={(before: object) => ({ ...before, event: event.id })} className="text-accent underline">
                      <Time at={event.occurredAt} style="second" />
                    </Link>
                  ),
                },
                { header: 'Operation', cell: ({ operation }) => operation, className: 'break-words' },
                { header: 'Model', cell: ({ model }) => model ?? '', className: 'break-words' },
              ]}
            />
            {events?.pageInfo.hasNextPage === true && <p className="text-muted">These are the latest ten.</p>}
          </>
        )}
      </Shown>
      <DialogButtons onClose={onClose} closeText="Close" />
    </Dialog>
  )
}

import { Link } from '@tanstack/react-router'
import { useTenant } from '../../app/tenant-context.ts'
import { useRead } from '../../graphql/use-read.ts'
import { Card } from '../../ui/card.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { formatDecimal, wordOf } from '../../ui/format.ts'
import { LoadMore, useFirst } from '../../ui/load-more.tsx'
import { Empty, Shown } from '../../ui/states.tsx'
import { Time } from '../../ui/time.tsx'
import { WALLET_ENTRIES } from './credits.operations.ts'

const PAGE = 20
const MAX = 1_000

/** The entries of the ledger, latest first. */
export function WalletEntries({ customerId }: { readonly customerId: string | null }) {
  const { tenantId } = useTenant()
  const part = useFirst(PAGE, MAX)
  const { first } = part
  const read = useRead(WALLET_ENTRIES, { tenantId: tenantId ?? null, customerId, first })
  return (
    <Card title="Entries">
      <Shown read={read}>
        {({ creditEntries: { nodes, pageInfo } }) => (
          <>
            <DataTable
              caption="Entries of the wallet"
              rows={nodes}
              keyOf={({ id }) => id}
              empty={<Empty title="Nothing has happened in this wallet." />}
              columns={[
                { header: 'Recorded', cell: ({ recordedAt }) => <Time at={recordedAt} style="second" /> },
                { header: 'What', cell: ({ kind }) => wordOf(kind) },
                {
                  header: 'For',
                  className: 'max-w-72 break-words',
                  cell: ({ operation, description, eventId }) => {
                    const text = description ?? operation ?? ''
                    return eventId === null ? (
                      text
                    ) : (
                      <Link to="/events" search={(before: object) => ({ ...before, event: eventId })} className="text-accent underline">
                        {text === '' ? 'event' : text}
                      </Link>
                    )
                  },
                },
                { header: 'Amount', isNumber: true, cell: ({ amount }) => formatDecimal(amount) },
                { header: 'Balance after', isNumber: true, cell: ({ balanceAfter }) => formatDecimal(balanceAfter) },
              ]}
            />
            <LoadMore part={part} hasMore={pageInfo.hasNextPage} isLoading={read.isLoading} />
          </>
        )}
      </Shown>
    </Card>
  )
}

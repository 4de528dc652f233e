import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useScope, useViewer } from '../app/viewer-context.ts'
import { useRead } from '../graphql/use-read.ts'
import { Badge } from '../ui/badge.tsx'
import { Card } from '../ui/card.tsx'
import { DataTable } from '../ui/data-table.tsx'
import { formatAmount, formatCount, wordOf } from '../ui/format.ts'
import { Empty, Shown } from '../ui/states.tsx'
import { Time } from '../ui/time.tsx'
import { ACCOUNT_EVENTS, type AccountEventsQuery } from './account.operations.ts'
import { type Account, filterOf, lastDays } from './account.ts'

type Row = AccountEventsQuery['usageEvents']['nodes'][number]

const DAYS = 30

/** The latest events. Each leads to its details, for those who may see them. */
export function AccountEvents(account: Account) {
  const { tenantId, customerId } = account
  const showsCosts = useScope('costs:read')
  const opens = useViewer().customerId === null
  const range = useMemo(() => lastDays(DAYS, Date.now()), [])
  const read = useRead(ACCOUNT_EVENTS, { tenantId, range, filter: filterOf(account) })
  const all = { tenant: tenantId ?? undefined, customer: customerId ?? undefined }
  return (
    <Card
      title="Recent events"
      actions={
        opens && (
          <Link to="/events" search={all} className="text-accent underline">
            All events
          </Link>
        )
      }
    >
      <Shown read={read} lines={6}>
        {({ usageEvents: { nodes } }) => (
          <DataTable
            caption="The latest events"
            rows={nodes}
            keyOf={({ id }) => id}
            empty={<Empty title={`There was no event in the last ${DAYS} days.`} />}
            columns={[
              {
                header: 'Time',
                cell: ({ id, occurredAt }) =>
                  opens ? (
                    <Link to="/events" search={{ ...all, event: id }} className="text-accent underline">
                      <Time at={occurredAt} style="second" />
                    </Link>
                  ) : (
                    <Time at={occurredAt} style="second" />
                  ),
              },
              { header: 'Operation', className: 'min-w-32 max-w-56 break-words', cell: ({ operation }) => operation },
              { header: 'Model', className: 'min-w-36 max-w-56 break-words', cell: ({ model }) => model ?? '–' },
              ...(customerId === null
                ? [{ header: 'Customer', className: 'max-w-56 break-words', cell: ({ metadata }: Row) => metadata.customerId ?? '–' }]
                : []),
              {
                header: 'Status',
                cell: ({ status }) => <Badge tone={status === 'SUCCESS' ? 'good' : status === 'FAILURE' ? 'bad' : 'warn'}>{wordOf(status)}</Badge>,
              },
              { header: 'Tokens', isNumber: true, cell: ({ tokens }) => (tokens === null ? '–' : formatCount(tokens.total)) },
              { header: 'Latency', isNumber: true, cell: ({ latencyMs }) => (latencyMs === null ? '–' : `${formatCount(latencyMs)} ms`) },
              ...(showsCosts
                ? [
                    {
                      header: 'Cost',
                      isNumber: true,
                      cell: ({ cost, pricingState }: Row) => (pricingState === 'UNPRICED' ? 'unpriced' : formatAmount(cost, 'USD')),
                    },
                  ]
                : []),
            ]}
          />
        )}
      </Shown>
    </Card>
  )
}

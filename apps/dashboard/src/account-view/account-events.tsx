import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useScope, useViewer } from '../app/viewer-context.ts'
import { useRead } from '../graphql/use-read.ts'
import { Badge } from '../ui/badge.tsx'
import { Card } from '../ui/card.tsx'
import { DataTable } from '../ui/data-table.tsx'
import { formatAmount, formatCount, formatShortAmount, formatShortCount, wordOf } from '../ui/format.ts'
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
              { header: 'Operation', cell: ({ operation }) => <Text text={operation} /> },
              { header: 'Model', cell: ({ model }) => <Text text={model} /> },
              ...(customerId === null ? [{ header: 'Customer', cell: ({ metadata }: Row) => <Text text={metadata.customerId} /> }] : []),
              {
                header: 'Status',
                cell: ({ status }) => <Badge tone={status === 'SUCCESS' ? 'good' : status === 'FAILURE' ? 'bad' : 'warn'}>{wordOf(status)}</Badge>,
              },
              {
                header: 'Tokens',
                isNumber: true,
                cell: ({ tokens }) => (tokens === null ? '–' : <span title={formatCount(tokens.total)}>{formatShortCount(tokens.total)}</span>),
              },
              { header: 'Latency', isNumber: true, cell: ({ latencyMs }) => (latencyMs === null ? '–' : `${formatCount(latencyMs)} ms`) },
              ...(showsCosts
                ? [
                    {
                      header: 'Cost',
                      isNumber: true,
                      cell: ({ cost, pricingState }: Row) =>
                        pricingState === 'UNPRICED' ? 'unpriced' : <span title={formatAmount(cost, 'USD')}>{formatShortAmount(cost, 'USD')}</span>,
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

/** A name on one line, which may be long. */
function Text({ text }: { readonly text: string | null }) {
  return text === null ? (
    <span className="text-muted">–</span>
  ) : (
    <span className="inline-block max-w-48 truncate align-bottom" title={text}>
      {text}
    </span>
  )
}

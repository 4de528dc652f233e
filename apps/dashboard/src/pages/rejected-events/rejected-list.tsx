import type { Pages } from '../../graphql/use-pages.ts'
import { Badge } from '../../ui/badge.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { formatCount } from '../../ui/format.ts'
import { LinkButton } from '../../ui/link-button.tsx'
import { PagesEnd } from '../../ui/pages-end.tsx'
import { Empty, Failed, Loading } from '../../ui/states.tsx'
import { Time } from '../../ui/time.tsx'
import type { RejectedEventsQuery } from './rejected-events.operations.ts'

export type RejectedRow = RejectedEventsQuery['rejectedEvents']['nodes'][number]

export interface RejectedListProps {
  readonly pages: Pages<RejectedRow>
  readonly showsTenants: boolean
  /** Whether those that were accepted since are listed too. */
  readonly includesResolved: boolean
  readonly onOpen: (id: string) => void
}

/** The rejected events, newest first. */
export function RejectedList({ pages, showsTenants, includesResolved, onOpen }: RejectedListProps) {
  const { items, isLoading, hasMore, error, loadMore } = pages
  if (items.length === 0 && error !== undefined) return <Failed error={error} onRetry={loadMore} />
  if (items.length === 0 && (isLoading || hasMore)) return <Loading what="Loading rejected events" lines={8} />
  return (
    <>
      <DataTable
        caption="Rejected events, newest first"
        rows={items}
        keyOf={({ id }) => id}
        empty={
          <Empty title={includesResolved ? 'No event was rejected.' : 'No rejected event is waiting.'}>
            {includesResolved ? 'An event that fails validation is kept here.' : 'Those that were sent again and accepted are under “All”.'}
          </Empty>
        }
        columns={[
          {
            header: 'Rejected',
            cell: ({ id, rejectedAt }) => (
              <LinkButton onClick={() => onOpen(id)}>
                <Time at={rejectedAt} style="second" />
              </LinkButton>
            ),
          },
          ...(showsTenants ? [{ header: 'Tenant', cell: ({ tenant }: RejectedRow) => tenant.name, className: 'max-w-48 break-words' }] : []),
          {
            header: 'Why',
            className: 'min-w-72 max-w-xl break-words',
            cell: ({ reason }) => (
              <span className="line-clamp-3" title={reason}>
                {reason}
              </span>
            ),
          },
          {
            header: 'Idempotency key',
            className: 'max-w-48',
            cell: ({ idempotencyKey }) =>
              idempotencyKey === null ? (
                <span className="text-muted">none</span>
              ) : (
                <span className="block truncate" title={idempotencyKey}>
                  {idempotencyKey}
                </span>
              ),
          },
          { header: 'Times sent', isNumber: true, cell: ({ attempts }) => formatCount(attempts) },
          {
            header: 'State',
            cell: ({ resolvedAt }) =>
              resolvedAt === null ? (
                <Badge tone="warn">waiting</Badge>
              ) : (
                <>
                  <Badge tone="good">accepted</Badge> <Time at={resolvedAt} />
                </>
              ),
          },
        ]}
      />
      <PagesEnd pages={pages} />
    </>
  )
}

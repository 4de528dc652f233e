import { useTenant } from '../../app/tenant-context.ts'
import type { Operation } from '../../graphql/operation.ts'
import { usePages } from '../../graphql/use-pages.ts'
import { Badge, type Tone } from '../../ui/badge.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { wordOf } from '../../ui/format.ts'
import { LinkButton } from '../../ui/link-button.tsx'
import { PagesEnd } from '../../ui/pages-end.tsx'
import { Empty, Failed, Loading } from '../../ui/states.tsx'
import { Time } from '../../ui/time.tsx'
import { type AuditPageFragment, FAILED_OPERATIONS, SECURITY_EVENTS, TRAIL, type TrailQuery, type TrailQueryVariables } from './audit.operations.ts'
import { type AuditView, filterOf } from './audit-view.ts'

type Row = AuditPageFragment['nodes'][number]
type List = Operation<TrailQuery, TrailQueryVariables>

const PAGE = 50
const TONES: Readonly<Record<Row['result'], Tone>> = { SUCCESS: 'good', FAILURE: 'bad', DENIED: 'warn' }

/** All lists have the same items. Only the trail has a filter. */
const LISTS: Readonly<Record<AuditView['report'], List>> = {
  trail: TRAIL,
  failed: FAILED_OPERATIONS,
  security: SECURITY_EVENTS,
  types: TRAIL,
}

export interface TrailProps {
  readonly view: AuditView
  readonly onOpen: (id: string) => void
}

/** The events of a report, latest first. */
export function Trail({ view, onOpen }: TrailProps) {
  const { tenantId } = useTenant()
  const filter = view.report === 'trail' ? { filter: filterOf(view) } : {}
  const pages = usePages(LISTS[view.report], { tenantId: tenantId ?? null, days: Number(view.days), ...filter }, ({ list }) => list, PAGE)
  const { items, isLoading, hasMore, error, loadMore } = pages
  if (items.length === 0 && error !== undefined) return <Failed error={error} onRetry={loadMore} />
  if (items.length === 0 && (isLoading || hasMore)) return <Loading what="Loading events" lines={8} />
  return (
    <>
      <DataTable
        caption="Events of the audit log"
        rows={items}
        keyOf={({ id }) => id}
        empty={<Empty title="Nothing was recorded in this view.">Choose a longer time, or remove a filter.</Empty>}
        columns={[
          { header: 'When', cell: ({ occurredAt }) => <Time at={occurredAt} style="second" /> },
          {
            header: 'What',
            className: 'min-w-40',
            cell: ({ id, eventType, count }) => <LinkButton onClick={() => onOpen(id)}>{count > 1 ? `${eventType} (${count} times)` : eventType}</LinkButton>,
          },
          { header: 'By', cell: ({ actor }) => actorName(actor), className: 'min-w-40 max-w-64 break-words' },
          {
            header: 'On',
            cell: ({ resource }) => (resource === null ? '' : `${resource.type} ${resource.id ?? ''}`),
            className: 'min-w-64 max-w-80 break-words',
          },
          { header: 'Result', cell: ({ result }) => <Badge tone={TONES[result]}>{wordOf(result)}</Badge> },
          { header: 'Reason', cell: ({ errorMessage }) => errorMessage, className: 'max-w-80 break-words text-muted' },
        ]}
      />
      <PagesEnd pages={pages} />
    </>
  )
}

/** Names who did something. */
export function actorName({ kind, id }: Row['actor']): string {
  return id === null ? wordOf(kind) : `${wordOf(kind)} ${id}`
}

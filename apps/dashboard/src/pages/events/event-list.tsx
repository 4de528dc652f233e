import { useVirtualizer } from '@tanstack/react-virtual'
import { memo, type ReactNode, useEffect, useMemo, useRef } from 'react'
import type { Pages } from '../../graphql/use-pages.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { classNames } from '../../ui/class-names.ts'
import { formatAmount, formatCount, formatShortAmount, formatShortCount, wordOf } from '../../ui/format.ts'
import { LinkButton } from '../../ui/link-button.tsx'
import { messageOf } from '../../graphql/message-of.ts'
import { Time } from '../../ui/time.tsx'
import type { EventRowFragment } from './events.operations.ts'

/** Height of a row, in pixels: the same for all, so that any number of rows scrolls without being measured. */
const ROW_HEIGHT = 40

/** The next page is read when this many rows are left below. */
const ROWS_AHEAD = 60

interface EventColumn {
  readonly header: string
  /** Width, as a track of the grid. */
  readonly width: string
  readonly isNumber?: boolean
  readonly cell: (event: EventRowFragment, onOpen: (id: string) => void) => ReactNode
}

export interface EventListProps {
  readonly pages: Pages<EventRowFragment>
  readonly showsCosts: boolean
  readonly showsTenants: boolean
  readonly onOpen: (id: string) => void
}

/** The log: a table of any length, of which only the rows in sight exist. */
export function EventList({ pages: { items: events, isLoading, hasMore, error, loadMore }, showsCosts, showsTenants, onOpen }: EventListProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const columns = useMemo(() => columnsFor({ showsCosts, showsTenants }), [showsCosts, showsTenants])
  const tracks = columns.map(({ width }) => width).join(' ')
  const rows = useVirtualizer({ count: events.length, getScrollElement: () => scroller.current, estimateSize: () => ROW_HEIGHT, overscan: 8 })
  const shown = rows.getVirtualItems()
  const last = shown.at(-1)?.index ?? 0
  const isNearEnd = hasMore && !isLoading && error === undefined && events.length > 0 && last >= events.length - ROWS_AHEAD
  useEffect(() => {
    if (isNearEnd) loadMore()
  }, [isNearEnd, loadMore])

  return (
    <div
      ref={scroller}
      role="region"
      aria-label="Usage events"
      tabIndex={0}
      className="-mx-4 h-[max(22rem,calc(100dvh-19rem))] overflow-auto border-t border-line"
    >
      <div
        role="table"
        aria-label="Usage events, newest first"
        aria-rowcount={hasMore ? -1 : events.length + 1}
        className={showsTenants ? 'min-w-[66rem]' : 'min-w-[60rem]'}
      >
        <div role="rowgroup" className="sticky top-0 z-10 bg-raised">
          <div
            role="row"
            aria-rowindex={1}
            className="grid items-center border-b border-line px-4 text-muted"
            style={{ gridTemplateColumns: tracks, height: ROW_HEIGHT }}
          >
            {columns.map(({ header, isNumber }) => (
              <div key={header} role="columnheader" className={classNames('truncate px-2 font-medium', isNumber === true && 'text-right')}>
                {header}
              </div>
            ))}
          </div>
        </div>
        <div role="rowgroup" className="relative" style={{ height: rows.getTotalSize() }}>
          {shown.map(({ index, start }) => {
            const event = events[index]
            return event !== undefined && <EventRow key={event.id} {...{ event, index, start, columns, tracks, onOpen }} />
          })}
        </div>
      </div>
      <div role="status" className="sticky left-0 flex min-h-10 items-center justify-center gap-2 px-4 py-2 text-muted">
        {error !== undefined ? (
          <>
            <span className="text-bad">{messageOf(error)}</span>
            <Button onClick={loadMore}>Try again</Button>
          </>
        ) : isLoading ? (
          'Loading more events …'
        ) : (
          !hasMore && (events.length === 1 ? 'The only event of this view is shown.' : `All ${formatCount(events.length)} events of this view are shown.`)
        )}
      </div>
    </div>
  )
}

interface EventRowProps {
  readonly event: EventRowFragment
  readonly index: number
  readonly start: number
  readonly columns: readonly EventColumn[]
  readonly tracks: string
  readonly onOpen: (id: string) => void
}

/** A row stays as it is while others come into sight and leave it. */
const EventRow = memo(function EventRow({ event, index, start, columns, tracks, onOpen }: EventRowProps) {
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      className="absolute inset-x-0 top-0 grid items-center border-b border-line px-4 hover:bg-sunken"
      style={{ gridTemplateColumns: tracks, height: ROW_HEIGHT, transform: `translateY(${start}px)` }}
    >
      {columns.map(({ header, cell, isNumber }) => (
        <div key={header} role="cell" className={classNames('truncate px-2', isNumber === true && 'text-right tabular-nums')}>
          {cell(event, onOpen)}
        </div>
      ))}
    </div>
  )
})

function columnsFor({ showsCosts, showsTenants }: Pick<EventListProps, 'showsCosts' | 'showsTenants'>): readonly EventColumn[] {
  return [
    {
      header: 'Time',
      width: '12.5rem',
      cell: ({ id, occurredAt }, onOpen) => (
        <LinkButton onClick={() => onOpen(id)}>
          <Time at={occurredAt} style="second" />
        </LinkButton>
      ),
    },
    ...(showsTenants ? [{ header: 'Tenant', width: 'minmax(6rem,1fr)', cell: ({ tenant }: EventRowFragment) => <Text text={tenant.name} /> }] : []),
    { header: 'Operation', width: 'minmax(7rem,1.2fr)', cell: ({ operation }) => <Text text={operation} /> },
    { header: 'Model', width: 'minmax(8.5rem,1.4fr)', cell: ({ model, provider }) => <Text text={model} title={`${provider ?? 'no provider'}: ${model}`} /> },
    { header: 'Customer', width: 'minmax(6.5rem,1fr)', cell: ({ metadata: { customerId } }) => <Text text={customerId} /> },
    { header: 'Status', width: '6.5rem', cell: ({ status }) => <Badge tone={toneOf(status)}>{wordOf(status)}</Badge> },
    {
      header: 'Tokens',
      width: '5.5rem',
      isNumber: true,
      cell: ({ tokens }) => (tokens === null ? '–' : <span title={formatCount(tokens.total)}>{formatShortCount(tokens.total)}</span>),
    },
    { header: 'Latency', width: '6.5rem', isNumber: true, cell: ({ latencyMs }) => (latencyMs === null ? '–' : `${formatCount(latencyMs)} ms`) },
    ...(showsCosts
      ? [
          {
            header: 'Cost',
            width: '7.5rem',
            isNumber: true,
            cell: ({ cost, pricingState }: EventRowFragment) =>
              pricingState === 'UNPRICED' ? (
                <Badge tone="warn">unpriced</Badge>
              ) : (
                <span title={formatAmount(cost, 'USD')}>{formatShortAmount(cost, 'USD')}</span>
              ),
          },
        ]
      : []),
  ]
}

function Text({ text, title = text ?? undefined }: { readonly text: string | null; readonly title?: string | undefined }) {
  return text === null ? <span className="text-muted">–</span> : <span title={title}>{text}</span>
}

/** The color of the way an event ended. */
export function toneOf(status: EventRowFragment['status']): 'good' | 'bad' | 'warn' {
  return status === 'SUCCESS' ? 'good' : status === 'FAILURE' ? 'bad' : 'warn'
}

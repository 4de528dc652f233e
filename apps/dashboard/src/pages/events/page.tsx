import { useCallback } from 'react'
import { useTenant } from '../../app/tenant-context.ts'
import { type Search, textIn, useView } from '../../app/use-view.ts'
import { useScope } from '../../app/viewer-context.ts'
import { usePages } from '../../graphql/use-pages.ts'
import { useRead } from '../../graphql/use-read.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Page as Frame } from '../../ui/page.tsx'
import { Empty, Failed, Loading } from '../../ui/states.tsx'
import { FilterBar } from '../../usage-view/filter-bar.tsx'
import { type Condition, filterInput, readFilter, selectsSingleEvents, withValue } from '../../usage-view/usage-filter.ts'
import { RangePicker } from '../../usage-view/range-picker.tsx'
import { rangeVariables, readUsageRange } from '../../usage-view/usage-range.ts'
import { allDays, FIRST_DAY, rangeBefore } from './earlier-range.ts'
import { EventDialog } from './event-dialog.tsx'
import { EventList } from './event-list.tsx'
import { EVENT_RANGE, EVENTS } from './events.operations.ts'
import { SearchField } from './search-field.tsx'
import type { Suggestion } from './search-suggestions.ts'

/** How many events are read at once. */
const PAGE_SIZE = 500

function readView(search: Search) {
  return { range: readUsageRange(search, 'LAST_7_DAYS'), conditions: readFilter(search), event: textIn(search, 'event') }
}

/** The log of usage events, newest first. */
export function Page() {
  const { tenantId, timeZone } = useTenant()
  const showsCosts = useScope('costs:read')
  const [{ range, conditions, event }, change] = useView(readView)
  const tenant = tenantId ?? null
  const bounds = useRead(EVENT_RANGE, { tenantId: tenant, ...rangeVariables(range, timeZone), timeZone })
  const known = bounds.data?.usage
  const variables = known && { tenantId: tenant, range: { from: known.from, to: known.to }, filter: filterInput(conditions) }
  const pages = usePages(EVENTS, variables, ({ usageEvents }) => usageEvents, PAGE_SIZE)
  const open = useCallback((id: string) => change({ event: id }), [change])
  const choose = (suggestion: Suggestion) => {
    if (suggestion.kind === 'event') return change({ event: suggestion.value })
    const added = withValue(conditions, suggestion.dimension, suggestion.value)
    // With an identifier, people seldom know the day: search as many days as the API does.
    change(suggestion.dimension === 'IDENTIFIER' ? { ...added, period: 'LAST_30_DAYS', from: undefined, to: undefined } : added)
  }
  const failed = bounds.error ?? (pages.items.length === 0 ? pages.error : undefined)

  return (
    <Frame title="Events" about={`Every usage event, newest first. Times are in ${timeZone}.`}>
      <Card>
        <div className="flex flex-col gap-4">
          <div className="grid grid-cols-2 items-start gap-3 sm:grid-cols-[repeat(auto-fill,minmax(12rem,1fr))]">
            <SearchField range={range} timeZone={timeZone} onChoose={choose} />
            <RangePicker range={range} timeZone={timeZone} usual="LAST_7_DAYS" onChange={change} />
          </div>
          <FilterBar {...{ conditions, range, timeZone }} onChange={change} />
        </div>
      </Card>
      <Card title="Log">
        {failed !== undefined ? (
          <Failed error={failed} onRetry={bounds.error === undefined ? pages.loadMore : bounds.refresh} />
        ) : pages.items.length > 0 ? (
          <EventList pages={pages} showsCosts={showsCosts} showsTenants={tenantId === undefined} onOpen={open} />
        ) : pages.isLoading || pages.hasMore ? (
          <Loading what="Loading events" lines={12} />
        ) : (
          <NoEvents conditions={conditions} from={known?.from} isAllDays={range.from === FIRST_DAY} timeZone={timeZone} onChange={change} />
        )}
      </Card>
      <EventDialog id={event} onClose={() => change({ event: undefined })} />
    </Frame>
  )
}

interface NoEventsProps {
  readonly conditions: readonly Condition[]
  /** Start of the range that was searched. */
  readonly from: string | undefined
  /** Whether all days were searched. */
  readonly isAllDays: boolean
  readonly timeZone: string
  readonly onChange: (change: Search) => void
}

/** Says that nothing was found, and leads to where something may be. */
function NoEvents({ conditions, from, isAllDays, timeZone, onChange }: NoEventsProps) {
  const isLimited = selectsSingleEvents(conditions)
  return (
    <Empty title="There is no event in this view.">
      <p>{conditions.length === 0 ? 'Choose a longer period.' : isAllDays ? 'Remove a filter.' : 'Choose another period, or remove a filter.'}</p>
      {conditions.length > 0 && !isAllDays && from !== undefined && (
        <Button className="mt-2" onClick={() => onChange(isLimited ? rangeBefore(from, timeZone) : allDays(Date.now(), timeZone))}>
          {isLimited ? 'Search the 31 days before' : 'Search all days'}
        </Button>
      )}
    </Empty>
  )
}

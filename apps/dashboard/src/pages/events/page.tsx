import { type SyntheticEvent, useCallback, useState } from 'react'
import { useTenant } from '../../app/tenant-context.ts'
import { type Search, textIn, useView } from '../../app/use-view.ts'
import { useScope } from '../../app/viewer-context.ts'
import { usePages } from '../../graphql/use-pages.ts'
import { useRead } from '../../graphql/use-read.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { TextField } from '../../ui/field.tsx'
import { Page as Frame } from '../../ui/page.tsx'
import { Empty, Failed, Loading } from '../../ui/states.tsx'
import { FilterBar } from '../../usage-view/filter-bar.tsx'
import { filterInput, readFilter } from '../../usage-view/usage-filter.ts'
import { RangePicker } from '../../usage-view/range-picker.tsx'
import { rangeVariables, readUsageRange } from '../../usage-view/usage-range.ts'
import { EventDialog } from './event-dialog.tsx'
import { EventList } from './event-list.tsx'
import { EVENT_RANGE, EVENTS } from './events.operations.ts'

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
  const failed = bounds.error ?? (pages.items.length === 0 ? pages.error : undefined)

  return (
    <Frame title="Events" about={`Every usage event, newest first. Times are in ${timeZone}.`}>
      <Card>
        <div className="flex flex-col gap-4">
          <div className="grid grid-cols-2 items-start gap-3 sm:grid-cols-[repeat(auto-fill,minmax(12rem,1fr))]">
            <RangePicker range={range} timeZone={timeZone} usual="LAST_7_DAYS" onChange={change} />
            <OpenById onOpen={id => change({ event: id })} />
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
          <Empty title="There is no event in this view.">Choose a longer period, or remove a filter.</Empty>
        )}
      </Card>
      <EventDialog id={event} onClose={() => change({ event: undefined })} />
    </Frame>
  )
}

/** Opens an event whose id is known, such as from a log, whatever the view. */
function OpenById({ onOpen }: { readonly onOpen: (id: string) => void }) {
  const [typed, setTyped] = useState('')
  const id = typed.trim()
  const isId = id.startsWith('evt_')
  const open = (event: SyntheticEvent) => {
    event.preventDefault()
    if (!isId) return
    onOpen(id)
    setTyped('')
  }
  return (
    <form onSubmit={open} className="col-span-2 flex items-end gap-2">
      <TextField
        label="Find an event by its id"
        className="flex-1"
        placeholder="evt_…"
        maxLength={100}
        value={typed}
        error={id === '' || isId ? undefined : 'Ids of events begin with evt_.'}
        onChange={({ target: { value } }) => setTyped(value)}
      />
      <Button type="submit" disabled={!isId}>
        Open
      </Button>
    </form>
  )
}

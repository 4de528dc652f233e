import { Link } from '@tanstack/react-router'
import { type SyntheticEvent, useState } from 'react'
import { useTenant } from '../../app/tenant-context.ts'
import { type Search, useView } from '../../app/use-view.ts'
import { useScope } from '../../app/viewer-context.ts'
import { useRead } from '../../graphql/use-read.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { TextField } from '../../ui/field.tsx'
import { formatAmount, formatCompact, formatCount, formatShare } from '../../ui/format.ts'
import { LoadMore, useFirst } from '../../ui/load-more.tsx'
import { Page as Frame } from '../../ui/page.tsx'
import { Empty, Shown } from '../../ui/states.tsx'
import { RangePicker } from '../../usage-view/range-picker.tsx'
import { rangeVariables, readUsageRange } from '../../usage-view/usage-range.ts'
import { type CustomerMeasuresFragment, CUSTOMERS, type CustomersQuery } from './customers.operations.ts'

const PAGE = 50
const MAX_LISTED = 1_000

interface Row {
  readonly key: string
  /** Null for usage without a customer, undefined for rows of several customers. */
  readonly customer: string | null | undefined
  readonly name: string
  readonly measures: CustomerMeasuresFragment
}

/** What each customer uses, largest first. */
export function CustomerList() {
  const { tenantId, timeZone } = useTenant()
  const showsCosts = useScope('costs:read')
  const [range, change] = useView(readRange)
  const part = useFirst(PAGE, MAX_LISTED)
  const { first } = part
  const read = useRead(CUSTOMERS, {
    tenantId: tenantId ?? null,
    ...rangeVariables(range, timeZone),
    timeZone,
    filter: null,
    first,
    orderBy: showsCosts ? 'COST' : 'CALLS',
  })
  return (
    <Frame title="Customers" about="What each customer of the tenant uses, largest first.">
      <Card>
        <div className="grid grid-cols-2 items-start gap-3 sm:grid-cols-[repeat(auto-fill,minmax(12rem,1fr))]">
          <RangePicker range={range} timeZone={timeZone} usual="THIS_MONTH" onChange={change} />
          <OpenById onOpen={customer => change({ customer })} />
        </div>
      </Card>
      <Card>
        <Shown read={read} lines={8}>
          {({ usage }) => (
            <>
              <DataTable
                caption="Customers"
                rows={usage.totals.calls === 0 ? [] : rowsOf(usage)}
                keyOf={({ key }) => key}
                columns={columnsFor(showsCosts, usage)}
                empty={
                  <Empty title="No customer has usage in this period.">
                    Events name their customer in metadata.customerId. Choose a longer period, or send some.
                  </Empty>
                }
              />
              <LoadMore part={part} hasMore={usage.groups.groupCount > first} isLoading={read.isLoading} />
            </>
          )}
        </Shown>
      </Card>
    </Frame>
  )
}

function readRange(search: Search) {
  return readUsageRange(search, 'THIS_MONTH')
}

function rowsOf({ groups, totals }: CustomersQuery['usage']): readonly Row[] {
  const others = groups.groupCount - groups.groups.length
  return [
    ...groups.groups.map(({ key, measures }) => {
      const customer = key[0]?.value ?? null
      return { key: `= ${customer}`, customer, name: customer ?? 'without a customer', measures }
    }),
    ...(groups.other === null ? [] : [{ key: 'other', customer: undefined, name: `${formatCount(others)} others`, measures: groups.other }]),
    { key: 'total', customer: undefined, name: 'Total', measures: totals },
  ]
}

function columnsFor(showsCosts: boolean, { totals }: CustomersQuery['usage']): readonly Column<Row>[] {
  const shareOf = (measures: CustomerMeasuresFragment) => {
    const [part, all] = showsCosts ? [Number(measures.cost), Number(totals.cost)] : [measures.calls, totals.calls]
    return all === 0 ? '–' : formatShare(part / all)
  }
  return [
    {
      header: 'Customer',
      className: 'min-w-40 max-w-80 break-words',
      cell: ({ customer, name, key }) =>
        typeof customer === 'string' ? (
          <Link to="." search={(before: object) => ({ ...before, customer })} className="text-accent underline">
            {name}
          </Link>
        ) : (
          <span className={key === 'total' ? 'font-semibold' : 'text-muted'}>{name}</span>
        ),
    },
    { header: 'Calls', isNumber: true, cell: ({ measures }) => formatCount(measures.calls) },
    { header: 'Tokens', isNumber: true, cell: ({ measures }) => formatCompact(measures.tokens.total) },
    { header: 'Errors', isNumber: true, cell: ({ measures }) => formatShare(measures.errorRate) },
    ...(showsCosts ? [{ header: 'Cost', isNumber: true, cell: ({ measures }: Row) => formatAmount(measures.cost, measures.currency) }] : []),
    { header: 'Charge', isNumber: true, cell: ({ measures }) => formatAmount(measures.charge, measures.currency) },
    { header: showsCosts ? 'Share of cost' : 'Share of calls', isNumber: true, cell: ({ measures }) => shareOf(measures) },
  ]
}

/** Opens a customer whose id is known, such as one without usage. */
function OpenById({ onOpen }: { readonly onOpen: (customer: string) => void }) {
  const [typed, setTyped] = useState('')
  const open = (event: SyntheticEvent) => {
    event.preventDefault()
    if (typed.trim() !== '') onOpen(typed.trim())
  }
  return (
    <form onSubmit={open} className="col-span-2 flex items-end gap-2">
      <TextField
        label="Find a customer by its id"
        className="flex-1"
        maxLength={255}
        autoComplete="off"
        value={typed}
        onChange={({ target: { value } }) => setTyped(value)}
      />
      <Button type="submit" disabled={typed.trim() === ''}>
        Open
      </Button>
    </form>
  )
}

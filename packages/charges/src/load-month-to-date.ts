import { type Decimal, type Period, Temporal, ZERO } from '@tollgate/kernel'
import type { PriceCatalog } from '@tollgate/pricing'
import type { ChargeRules } from './charge-rules.ts'
import type { ChargedUsageReader } from './charged-usage-reader.ts'
import type { CarriedUsage } from './engine/periods/carry-over.ts'
import { type ChargePart, ratePeriodCharge } from './engine/periods/rate-period-charge.ts'
import type { ChargeRulePart } from './engine/rules/charge-rule-parts.ts'
import { eventCell } from './engine/usage/event-cell.ts'
import { usageLine } from './engine/usage/usage-line.ts'
import { loadUsageCells } from './load-usage-cells.ts'
import { loadRuleParts } from './load-rule-parts.ts'
import type { PlanHistory } from './model/plans/plan-history.ts'
import type { ChargedEvent } from './model/usage/charged-event.ts'

/** The usage of an event's month before the event. */
export interface MonthToDate {
  /** Its quantity and its price before discounts. Undefined if some of it has no price. */
  readonly periodToDate: { readonly quantity: Decimal; readonly subtotal: Decimal } | undefined
  /** What each price list has counted, by name. */
  readonly priceLists: ReadonlyMap<string, CarriedUsage>
}

/** An event in its month. */
export interface EventInMonth {
  readonly event: ChargedEvent
  readonly month: Period
  readonly plans: PlanHistory
  readonly catalog: PriceCatalog
}

/** Dependencies of `loadMonthToDate`. */
export interface MonthToDateDependencies {
  readonly usage: Pick<ChargedUsageReader, 'sums' | 'events'>
  readonly rules: Pick<ChargeRules, 'partsOf'>
}

/**
 * Loads the usage of an event's month before the event, priced by the rules of each time and without discounts. Events at
 * the same time are in the order of their ids, so that the additions of all events add up to the month.
 */
export async function loadMonthToDate({ usage, rules }: MonthToDateDependencies, about: EventInMonth): Promise<MonthToDate> {
  const { event, month, plans } = about
  const { tenantId, occurredAt: at } = event
  const all = await loadRuleParts(rules, { range: month, tenantId, plans, withoutDiscounts: true })
  const used = await loadUsageBefore(
    usage,
    about,
    all.filter(({ range }) => Temporal.Instant.compare(range.from, at) <= 0),
  )
  const counted = used.filter(({ lines }) => lines.length > 0)
  if (counted.length === 0) return { periodToDate: { quantity: ZERO, subtotal: ZERO }, priceLists: new Map() }
  const rated = ratePeriodCharge({ parts: counted, context: { at: month.from, tenantId } })
  const quantity = counted.flatMap(({ lines }) => lines.flatMap(line => line.parts)).reduce((sum, part) => sum.plus(part.quantity), ZERO)
  return {
    periodToDate: rated.total.state === 'charged' ? { quantity, subtotal: rated.total.charge } : undefined,
    priceLists: rated.parts.at(-1)?.rated.carried.priceLists ?? new Map(),
  }
}

/** Loads the usage before the event, in each part that starts before it. */
async function loadUsageBefore(
  usage: MonthToDateDependencies['usage'],
  { event, month, catalog }: EventInMonth,
  parts: readonly ChargeRulePart[],
): Promise<readonly ChargePart[]> {
  const { tenantId, occurredAt: at } = event
  const before = parts.map((part, i) => (i === parts.length - 1 ? { ...part, range: { from: part.range.from, to: at } } : part))
  const isEmpty = Temporal.Instant.compare(month.from, at) >= 0
  const cells = isEmpty ? [] : await loadUsageCells(usage, { tenantId, range: { from: month.from, to: at } }, { parts: before })
  const simultaneous = await loadSimultaneousEvents(usage, event)
  return parts.map(({ range, plan, rules: { markups, priceModel } }, i) => {
    const counts = priceModel?.counts
    const isLast = i === parts.length - 1
    const uses = [...(cells[i] ?? []), ...(isLast ? simultaneous.map(one => eventCell(one, counts)) : [])]
    const lines = uses.map(cell => usageLine(cell, { catalog, tenantId, range: month, counts }))
    return { range, plan, rules: { markups, priceModel, discounts: [] }, lines }
  })
}

/** Loads the events of the same microsecond with a lower id. */
async function loadSimultaneousEvents(usage: Pick<ChargedUsageReader, 'events'>, { tenantId, occurredAt, id }: ChargedEvent): Promise<readonly ChargedEvent[]> {
  const range = { from: occurredAt, to: occurredAt.add({ microseconds: 1 }) }
  const found: ChargedEvent[] = []
  for (let after = { occurredAt, id }, hasMore = true; hasMore;) {
    const page = await usage.events({ tenantId, range, first: PAGE_SIZE, after })
    found.push(...page.items)
    const last = page.items.at(-1)
    hasMore = page.hasMore && last !== undefined
    if (last !== undefined) after = { occurredAt: last.occurredAt, id: last.id }
  }
  return found
}

const PAGE_SIZE = 1_000

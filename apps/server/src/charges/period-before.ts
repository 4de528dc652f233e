import { type CarriedUsage, type ChargeContext, type ChargeRulePart, ratePeriodCharge, type UsedRulePart } from '@tollgate/charges'
import { type Decimal, type Period, Temporal, tenantScope, ZERO } from '@tollgate/kernel'
import type { PriceCatalog } from '@tollgate/pricing'
import type { UsageEvent } from '@tollgate/usage'
import type { ChargesDependencies } from './charges-dependencies.ts'
import { eventUse } from './event-use.ts'
import { chargeLine, countedPeriod, usageCells } from './usage-cell.ts'

/** What the period of an event came to before it. */
export interface PeriodBefore {
  /** What was counted, and its price before discounts; undefined where some of it has no price. */
  readonly periodToDate: { readonly quantity: Decimal; readonly subtotal: Decimal } | undefined
  /** What each price list counted, by name; not there where it counted nothing. */
  readonly priceLists: ReadonlyMap<string, CarriedUsage>
}

/** An event in its period. */
export interface EventInPeriod {
  readonly event: UsageEvent
  readonly period: Period
  readonly plan: string | null
  readonly catalog: PriceCatalog
}

/**
 * What the period of an event came to before it, by the rules of each time and without discounts: from sums up to the
 * event's time, and of the events of that very time from those with a lower id. So events are in one order, and what they
 * add to their period sums to it.
 */
export async function periodBefore({ usage, chargeRules }: Pick<ChargesDependencies, 'usage' | 'chargeRules'>, about: EventInPeriod): Promise<PeriodBefore> {
  const { event, period, plan } = about
  const { tenantId, occurredAt: at } = event
  const all = await chargeRules.partsOf({ range: period, tenantId, plan, withoutDiscounts: true })
  const used = await useBefore(
    usage,
    about,
    all.filter(({ range }) => Temporal.Instant.compare(range.from, at) <= 0),
  )
  const context: ChargeContext = { at: period.from, tenantId, plan }
  const counted = used.filter(({ lines }) => lines.length > 0)
  if (counted.length === 0) return { periodToDate: { quantity: ZERO, subtotal: ZERO }, priceLists: new Map() }
  const rated = ratePeriodCharge({ parts: counted, context })
  const quantity = counted.flatMap(({ lines }) => lines.flatMap(line => line.parts)).reduce((sum, part) => sum.plus(part.quantity), ZERO)
  return {
    periodToDate: rated.total.state === 'charged' ? { quantity, subtotal: rated.total.charge } : undefined,
    priceLists: rated.parts.at(-1)?.rated.carried.priceLists ?? new Map(),
  }
}

/** What was used before the event in each part that begins before it, the last of them up to it. */
async function useBefore(
  usage: ChargesDependencies['usage'],
  { event, period, catalog }: EventInPeriod,
  parts: readonly ChargeRulePart[],
): Promise<readonly UsedRulePart[]> {
  const { tenantId, occurredAt: at } = event
  const upTo = { from: period.from, to: at }
  const before = parts.map((part, i) => (i === parts.length - 1 ? { ...part, range: { from: part.range.from, to: at } } : part))
  const isEmpty = Temporal.Instant.compare(period.from, at) >= 0
  const cells = isEmpty ? [] : await usageCells(usage, { tenantId, range: upTo }, { parts: before.map(countedPeriod) })
  const same = await eventsOfTheSameTime(usage, event)
  return parts.map(({ range, rules: { markups, priceModel } }, i) => {
    const counts = priceModel?.counts
    const uses = [...(cells[i] ?? []), ...(i === parts.length - 1 ? same.map(one => eventUse(one, counts)) : [])]
    const lines = uses.map(cell => chargeLine(cell, catalog, { tenantId, range: period, counts }))
    return { range, rules: { markups, priceModel, discounts: [] }, lines }
  })
}

/** Events of the same microsecond and a lower id, a page at a time. */
async function eventsOfTheSameTime(usage: ChargesDependencies['usage'], { tenantId, occurredAt, id }: UsageEvent): Promise<readonly UsageEvent[]> {
  const range = { from: occurredAt, to: occurredAt.add({ microseconds: 1 }) }
  const found: UsageEvent[] = []
  for (let after = { occurredAt, id }, more = true; more;) {
    const page = await usage.events(tenantScope(tenantId), { range, first: PAGE, after })
    found.push(...page.events)
    const last = page.events.at(-1)
    more = page.hasMore && last !== undefined
    if (last !== undefined) after = { occurredAt: last.occurredAt, id: last.id }
  }
  return found
}

const PAGE = 1_000

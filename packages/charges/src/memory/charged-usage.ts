import { periodIncludes, scopeIncludes, Temporal, toPage, ZERO } from '@tollgate/kernel'
import { completeTokenUsage } from '@tollgate/tokens'
import type { ChargedUsageReader, EventPosition, EventSelection, UsageSum } from '../charged-usage-reader.ts'
import type { ChargedEvent } from '../model/usage/charged-event.ts'
import { sumUsage } from '../model/usage/usage-totals.ts'

/** Reads usage from a list of events: for tests, examples, and programs that keep usage in memory. */
export function memoryChargedUsage(events: readonly ChargedEvent[]): ChargedUsageReader {
  const latestFirst = events.toSorted((one, other) => compareEvents(other, one))
  const select = ({ tenantId, range, filter = {} }: EventSelection) =>
    latestFirst.filter(
      event =>
        event.tenantId === tenantId &&
        periodIncludes(range, event.occurredAt) &&
        Object.entries(filter).every(([dimension, values]) => values.some(value => value === valueOf(event, dimension))),
    )
  return {
    event: async (scope, id) => events.find(event => event.id === id && scopeIncludes(scope, event.tenantId)),
    events: async ({ first, after, ...selection }) =>
      toPage(
        select(selection).filter(event => after === undefined || compareEvents(event, after) < 0),
        first,
      ),
    countEvents: async selection => select(selection).length,
    async sums({ periods, by, first, ...selection }) {
      const selected = select(selection)
      return periods.map(period =>
        sumGroups(
          selected.filter(event => periodIncludes(period, event.occurredAt)),
          by,
        ).slice(0, first),
      )
    },
  }
}

function sumGroups(events: readonly ChargedEvent[], by: readonly string[]): readonly UsageSum[] {
  const keyOf = (event: ChargedEvent) => by.map(dimension => valueOf(event, dimension))
  return [...Map.groupBy(events, event => JSON.stringify(keyOf(event))).values()]
    .map(([first, ...others]) => ({ key: keyOf(first as ChargedEvent), ...sumUsage([first as ChargedEvent, ...others].map(totalsOf)) }))
    .toSorted((one, other) => other.cost.cmp(one.cost))
}

function totalsOf({ rating, tokens, quantity }: ChargedEvent) {
  return {
    calls: 1,
    unpricedCalls: rating.state === 'unpriced' ? 1 : 0,
    tokens: tokens ?? completeTokenUsage({}),
    quantity: quantity ?? ZERO,
    cost: rating.cost ?? ZERO,
  }
}

function valueOf({ dimensions }: ChargedEvent, dimension: string): string | null {
  return (Object.hasOwn(dimensions, dimension) ? dimensions[dimension] : undefined) ?? null
}

function compareEvents(one: EventPosition, other: EventPosition): number {
  return Temporal.Instant.compare(one.occurredAt, other.occurredAt) || (one.id < other.id ? -1 : Number(one.id > other.id))
}

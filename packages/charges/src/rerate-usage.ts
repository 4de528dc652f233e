import { InvalidInput, Temporal } from '@tollgate/kernel'
import { catalogWithDrafts, type PriceCatalog } from '@tollgate/pricing'
import type { ChargesDependencies } from './charges-dependencies.ts'
import type { CellPart } from './engine/simulation/charge-cells.ts'
import { replacedModels } from './engine/simulation/replaced-models.ts'
import type { ScenarioPart } from './engine/simulation/scenario-parts.ts'
import { createUsageAccumulator } from './engine/usage/usage-accumulator.ts'
import type { SimulationRequest } from './model/simulation/charge-simulation.ts'
import type { ChargedEvent } from './model/usage/charged-event.ts'

const PAGE_SIZE = 1_000

/** Usage to rate again. */
export interface UsageToRerate {
  readonly catalog: PriceCatalog
  readonly request: SimulationRequest
  readonly parts: readonly ScenarioPart[]
}

/**
 * Rates a tenant's events by the prices and models of a scenario, page by page, and adds them up. An event of a replaced
 * model has the same tokens, and no reported cost. Throws `InvalidInput` for more than `maxEvents` events.
 */
export async function rerateUsage(
  { usage, rateEvent }: Pick<ChargesDependencies, 'usage' | 'rateEvent'>,
  { catalog: current, request, parts }: UsageToRerate,
): Promise<{ readonly parts: readonly CellPart[]; readonly catalog: PriceCatalog }> {
  const { tenantId, range, filter, scenario, by = [], maxEvents, onProgress } = request
  const selection = { tenantId, range, filter }
  // As prices of the tenant, which take precedence over all others.
  const catalog = catalogWithDrafts(
    current,
    (scenario.prices ?? []).map(price => ({ ...price, tenantId })),
  )
  const replacementOf = replacedModels(current, request)
  const total = await usage.countEvents(selection)
  if (total > maxEvents) throw tooManyEvents(total, maxEvents)
  const sums = parts.map(part => ({ ...part, usage: createUsageAccumulator(by, part.rules.priceModel?.counts) }))
  let read = 0
  let position = sums.length - 1
  for (let last: ChargedEvent | undefined, hasMore = true; hasMore;) {
    const page = await usage.events({ ...selection, first: PAGE_SIZE, after: last && { occurredAt: last.occurredAt, id: last.id } })
    for (const event of page.items) {
      // Events come latest first, so that the parts are visited once, from the last to the first.
      while (position > 0 && isBefore(event, sums[position])) position -= 1
      const replacement = replacementOf(event)
      const rating = rateEvent(catalog, replacement === undefined ? event : { ...event, ...replacement, reportedCost: null })
      sums[position]?.usage.add(event, replacement ?? event, rating)
    }
    read += page.items.length
    onProgress?.(read, total)
    last = page.items.at(-1)
    hasMore = page.hasMore && last !== undefined
  }
  return { parts: sums.map(({ usage: accumulated, ...part }) => ({ ...part, cells: accumulated.cells() })), catalog }
}

function tooManyEvents(total: number, max: number): InvalidInput {
  const message = `has ${total.toLocaleString('en')} events, and other prices or models can be simulated for at most ${max.toLocaleString('en')}; choose a shorter range or a narrower filter`
  return new InvalidInput([{ path: 'range', message }])
}

function isBefore({ occurredAt }: ChargedEvent, part: ScenarioPart | undefined): boolean {
  return part !== undefined && Temporal.Instant.compare(occurredAt, part.range.from) < 0
}

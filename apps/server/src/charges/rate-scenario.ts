import { chargedModel, type ChargeRuleSet, type CountedUsage } from '@tollgate/charges'
import { InvalidInput, Temporal, tenantScope, ZERO } from '@tollgate/kernel'
import { catalogWithDrafts, type PriceCatalog } from '@tollgate/pricing'
import { completeTokenUsage } from '@tollgate/tokens'
import { type Dimension, dimensionsOf, type Usage, type UsageEvent } from '@tollgate/usage'
import { rateEvent } from '../features/prices/catalog-rater.ts'
import { addTokenUsage } from './add-token-usage.ts'
import type { CellPart } from './charge-cells.ts'
import type { ModelName, SimulationRequest } from './charge-simulation.ts'
import { MAX_CELLS, tooManyCells, type UsageCell } from './usage-cell.ts'

const PAGE = 1_000
const MAX_MODELS = 1_000

/**
 * Rates a tenant's events by the catalogue of a scenario, page by page along the primary key, and sums them up. An event
 * whose model stands for another is rated as that one, with the same tokens; what the provider reported for it is then
 * not its cost. Throws `InvalidInput` where there are more events than may be read.
 */
export async function rateScenario(
  usage: Usage,
  base: PriceCatalog,
  request: SimulationRequest,
  parts: readonly Omit<CellPart, 'cells'>[],
): Promise<{ parts: readonly CellPart[]; catalog: PriceCatalog }> {
  const { tenantId, range, filter, scenario, by = [], mostEvents, onProgress } = request
  const scope = tenantScope(tenantId)
  // As the tenant's own: they go before every other price.
  const catalog = catalogWithDrafts(
    base,
    (scenario.prices ?? []).map(price => ({ ...price, tenantId })),
  )
  const mapped = modelMapping(base, request)
  const about = { range, ...(filter && { filter }) }
  const { calls } = await usage.report(scope, about).totals()
  if (calls > mostEvents) {
    const message = `has ${calls.toLocaleString('en')} events, and other prices or models can be tried on ${mostEvents.toLocaleString('en')} at once; choose a shorter range or a narrower filter`
    throw new InvalidInput([{ path: 'range', message }])
  }
  const sums = parts.map(part => ({ ...part, ...createSums(by, countsOf(part.rules)) }))
  let read = 0
  let part = sums.length - 1
  for (let last: UsageEvent | undefined, more = true; more;) {
    const page = await usage.events(scope, { ...about, first: PAGE, ...(last && { after: { occurredAt: last.occurredAt, id: last.id } }) })
    for (const event of page.events) {
      // Events come newest first: parts are gone through once, from the last.
      while (part > 0 && isBefore(event, sums[part])) part -= 1
      sums[part]?.add(event, mapped(event), catalog)
    }
    read += page.events.length
    onProgress?.(read, calls)
    last = page.events.at(-1)
    more = page.hasMore && last !== undefined
  }
  return { parts: sums.map(({ range: partRange, rules, cells }) => ({ range: partRange, rules, cells: cells() })), catalog }
}

function isBefore({ occurredAt }: UsageEvent, part: Pick<CellPart, 'range'> | undefined): boolean {
  return part !== undefined && Temporal.Instant.compare(occurredAt, part.range.from) < 0
}

type Named = Pick<UsageEvent, 'provider' | 'model'>

/** What stands for an event's model; undefined where the model stays. Models are told by the names that rules use. */
function modelMapping(catalog: PriceCatalog, { scenario: { models = [] }, range, tenantId }: SimulationRequest): (event: Named) => ModelName | undefined {
  if (models.length > MAX_MODELS) throw new InvalidInput([{ path: 'scenario.models', message: `must be at most ${MAX_MODELS}` }])
  const nameOf = (name: ModelName) => JSON.stringify(Object.values(chargedModel(catalog, { ...name, at: range.from, tenantId })))
  const targets = new Map(models.map(({ from, to }) => [nameOf(from), to]))
  if (targets.size < models.length) throw new InvalidInput([{ path: 'scenario.models', message: 'must name each model once' }])
  const known = new Map<string, ModelName | undefined>()
  return ({ provider, model }) => {
    if (provider === null || model === null || targets.size === 0) return undefined
    const key = `${provider}\n${model}`
    if (!known.has(key)) known.set(key, targets.get(nameOf({ provider, model })))
    return known.get(key)
  }
}

function countsOf({ priceModel }: Pick<ChargeRuleSet, 'priceModel'>): CountedUsage | undefined {
  return priceModel?.counts
}

/** Sums that grow event by event. */
function createSums(by: readonly Dimension[], counts: CountedUsage | undefined) {
  const cells = new Map<string, UsageCell>()
  return {
    cells: () => [...cells.values()],
    add(event: UsageEvent, instead: ModelName | undefined, catalog: PriceCatalog): void {
      const rating = rateEvent(catalog, instead === undefined ? event : { ...event, ...instead, reportedCost: null })
      const dimensions = dimensionsOf(event)
      const key = by.map(dimension => dimensions[dimension])
      const { provider, model } = instead ?? event
      const operation = counts === 'quantity' ? event.operation : null
      const id = JSON.stringify([key, provider, model, operation])
      const cell = cells.get(id)
      if (cell === undefined && cells.size >= MAX_CELLS) throw tooManyCells(by)
      cells.set(id, {
        key,
        provider,
        model,
        operation,
        calls: (cell?.calls ?? 0) + 1,
        unpricedCalls: (cell?.unpricedCalls ?? 0) + (rating.state === 'unpriced' ? 1 : 0),
        tokens: addTokenUsage([cell?.tokens ?? NO_TOKENS, event.tokens ?? NO_TOKENS]),
        quantity: (cell?.quantity ?? ZERO).plus(event.quantity ?? ZERO),
        cost: (cell?.cost ?? ZERO).plus(rating.cost ?? ZERO),
      })
    },
  }
}

const NO_TOKENS = completeTokenUsage({})

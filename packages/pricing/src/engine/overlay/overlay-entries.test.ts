import { calcPrice, findProvider } from '@pydantic/genai-prices'
import { Temporal } from '@tollgate/kernel'
import { TOKEN_POOLS } from '@tollgate/tokens'
import { describe, expect, it } from 'vitest'
import { canonicalProvider } from '../../model/names/canonical-provider.ts'
import { preparePrice } from '../../model/prepared-price.ts'
import type { Price } from '../../model/price.ts'
import { packagePrices } from '../bundled/bundled-prices.ts'
import { BUNDLED_PROVIDER_IDS } from '../bundled/bundled-providers.ts'
import { bundledCatalog } from '../catalog/bundled-catalog.ts'
import { createPriceCatalog } from '../catalog/price-catalog.ts'
import { applyOverlay } from './apply-overlay.ts'
import { OVERLAY_ENTRIES } from './overlay-entries.ts'
import type { OverlayEntry } from './overlay-entry.ts'

const PROVIDERS: readonly string[] = [...BUNDLED_PROVIDER_IDS, 'vercel']

const modelsOf = (entry: OverlayEntry): readonly string[] => ('models' in entry ? entry.models : [entry.model])

describe('overlay entries', () => {
  it('all name a source and the day on which it was read', () => {
    const undocumented = OVERLAY_ENTRIES.filter(({ source, checkedAt }) => source.length < 10 || !/^2026-\d{2}-\d{2}$/.test(checkedAt))
    expect(undocumented).toEqual([])
  })

  it('are for bundled providers and Vercel, which only the overlay has, under their canonical names', () => {
    const unknown = OVERLAY_ENTRIES.filter(({ provider }) => !PROVIDERS.includes(provider))
    expect(unknown).toEqual([])
    expect(PROVIDERS.map(canonicalProvider)).toEqual(PROVIDERS)
  })

  it('each make or change a price', () => {
    const listedById = Map.groupBy(packagePrices(), ({ model }) => model)
    const entriesById = new Map<string, OverlayEntry[]>()
    for (const entry of OVERLAY_ENTRIES) for (const id of modelsOf(entry)) entriesById.set(id, [...(entriesById.get(id) ?? []), entry])
    const idle = OVERLAY_ENTRIES.filter(entry => {
      // An entry changes nothing but the prices of its models, at whichever provider.
      const ids = new Set(modelsOf(entry))
      const prices = [...ids].flatMap(id => listedById.get(id) ?? [])
      const entries = new Set([...ids].flatMap(id => entriesById.get(id) ?? []))
      const apply = (applied: ReadonlySet<OverlayEntry>) => {
        const narrowed = [...applied].map(other => ('models' in other ? { ...other, models: other.models.filter(id => ids.has(id)) } : other))
        return applyOverlay(prices, narrowed).map(price => price.id)
      }
      const all = new Set(apply(entries))
      try {
        const without = apply(entries.difference(new Set([entry])))
        return without.length === all.size && without.every(priceId => all.has(priceId))
      } catch {
        return false // Another entry changes the model that this one adds.
      }
    })
    expect(idle).toEqual([])
  })
})

/** Names that the package knows, with the times at which its prices are compared. */
const names = BUNDLED_PROVIDER_IDS.flatMap(provider =>
  (findProvider({ providerId: provider })?.models ?? []).flatMap(({ id, match }) =>
    [id, ...literals(match)].filter(name => calcPrice({}, name, { providerId: provider }) !== null).map(name => ({ provider, name })),
  ),
)
const TIMES = ['2024-06-01T01:15:00Z', '2025-11-30T12:00:00Z', '2026-07-15T07:00:00Z', '2026-11-20T12:00:00Z', '2027-06-01T23:59:59Z'].map(at =>
  Temporal.Instant.from(at),
)

function literals(match: object): readonly string[] {
  return Object.entries(match).flatMap(([kind, value]) => {
    if (Array.isArray(value)) return value.flatMap(literals)
    return kind === 'regex' ? [] : [String(value)]
  })
}

/** The rates of a price, as they apply to each pool. */
function ratesOf(price: Price | undefined): string {
  if (price === undefined) return 'none'
  const { rates, steps, units } = preparePrice(price)
  const pools = [{ above: 0, rates }, ...steps].map(step => [step.above, TOKEN_POOLS.map(pool => step.rates[pool]?.toFixed())])
  return JSON.stringify([pools, [...units].map(([unit, { price: unitPrice, per }]) => [unit, unitPrice.toFixed(), per])])
}

describe('the prices of standard calls', () => {
  const before = createPriceCatalog(packagePrices())
  const named = new Set(
    OVERLAY_ENTRIES.filter(entry => !('times' in entry)).flatMap(entry =>
      ('models' in entry ? entry.models : [entry.model]).map(model => `${entry.provider} ${model}`),
    ),
  )

  it.each(TIMES)('change by the overlay only where an entry names the model, at %s', at => {
    const changed = names.flatMap(({ provider, name }) => {
      const listed = bundledCatalog().find({ provider, model: name, at })
      return ratesOf(before.find({ provider, model: name, at })) === ratesOf(listed) ? [] : [{ provider, name, listed }]
    })
    expect(changed.length).toBeGreaterThan(0)
    const unexplained = changed.filter(({ listed }) => !listed?.id.startsWith('overlay:') || !named.has(`${listed.provider} ${listed.model}`))
    expect(unexplained.map(({ provider, name }) => `${provider} ${name}`)).toEqual([])
  })

  it('never disappear', () => {
    const lost = TIMES.flatMap(at =>
      names.filter(
        ({ provider, name: model }) =>
          ratesOf(before.find({ provider, model, at })) !== 'none' && ratesOf(bundledCatalog().find({ provider, model, at })) === 'none',
      ),
    )
    expect(lost).toEqual([])
  })
})

import { OPERATOR_SCOPE, period, type Temporal } from '@tollgate/kernel'
import { type EffectiveInterval, type Price, serviceTierOf } from '@tollgate/pricing'
import { TOKEN_POOLS, type TokenPool } from '@tollgate/tokens'
import { Command } from 'commander'
import { everyPage } from '../../../cli/every-page.ts'
import { instantOption } from '../../../cli/options.ts'
import { note, print } from '../../../cli/print.ts'
import { table } from '../../../cli/table.ts'
import { withTollgate } from '../../../cli/with-tollgate.ts'
import { explainChargeCommand } from '../../charges/commands/explain-charge.ts'
import { importPricesCommand } from './import-prices.ts'
import { priceStatusCommand } from './price-status.ts'
import { publishPriceCommand } from './publish-price.ts'
import { rerateCommand } from '../../rerating/commands/rerate.ts'
import { simulateChargesCommand } from '../../charges/commands/simulate-charges.ts'

interface ListOptions {
  readonly provider?: string
  readonly model?: string
  readonly at?: Temporal.Instant
}

/** `tollgate prices` */
export function pricesCommand(): Command {
  return new Command('prices')
    .description('What providers charge: bundled list prices, and your own, which go before them.')
    .addCommand(publishPriceCommand())
    .addCommand(importPricesCommand())
    .addCommand(
      new Command('list')
        .description('Shows prices.')
        .option('--provider <provider>')
        .option('--model <model>', 'by its canonical name')
        .option('--at <time>', 'those in effect then', instantOption)
        .action(listPrices),
    )
    .addCommand(
      new Command('unpriced')
        .description('Shows models in use that no price is known for, most calls first.')
        .option('--from <time>', 'from this day on; where left out, from the first event', instantOption)
        .option('--to <time>', 'up to this day, not included; where left out, to the last event', instantOption)
        .action(listUnpriced),
    )
    .addCommand(priceStatusCommand())
    .addCommand(rerateCommand())
    .addCommand(explainChargeCommand())
    .addCommand(simulateChargesCommand())
}

async function listPrices(query: ListOptions): Promise<void> {
  const prices = await withTollgate(({ pricing }) =>
    everyPage(async (after: EffectivePrice | undefined) => {
      const page = await pricing.prices(OPERATOR_SCOPE, { ...query, first: 500, ...(after && { after: after.price.id }) })
      const items = await Promise.all(page.items.map(async price => ({ price, intervals: await pricing.effectiveIntervals(price) })))
      return { items, hasMore: page.hasMore }
    }),
  )
  const columns = [
    ...['provider', 'model', 'source', 'from', 'to'].map(heading => ({ heading })),
    { heading: 'input', align: 'end' as const },
    { heading: 'output', align: 'end' as const },
    { heading: 'other rates, USD for a million tokens' },
  ]
  print(table(columns, prices.flatMap(priceRows)))
}

interface EffectivePrice {
  readonly price: Price
  readonly intervals: readonly EffectiveInterval[]
}

/** A row for each time in which it counts. One that counts at no time, because others took its place, says so. */
function priceRows({ price, intervals }: EffectivePrice): string[][] {
  const day = (instant: Temporal.Instant | null) => instant?.toString().slice(0, 10) ?? '-'
  const times = intervals.length > 0 ? intervals.map(({ from, to }) => [day(from), day(to)]) : [['replaced', 'replaced']]
  const [provider, model, source, ...rates] = priceCells(price)
  return times.map(time => [provider, model, source, ...time, ...rates])
}

function priceCells(price: Price): [provider: string, model: string, source: string, ...rates: string[]] {
  const { provider, model, source, tenantId, perMillionTokens, perRequest } = price
  const rate = (pool: TokenPool) => perMillionTokens[pool]?.base.toFixed() ?? '-'
  const others = TOKEN_POOLS.filter(pool => pool !== 'input' && pool !== 'output' && perMillionTokens[pool] !== undefined).map(pool => `${pool} ${rate(pool)}`)
  if (perRequest !== null) others.push(`each request ${perRequest.toFixed()}`)
  const steps = TOKEN_POOLS.flatMap(
    pool => perMillionTokens[pool]?.steps.map(step => `${pool} above ${step.above.toLocaleString('en')} ${step.rate.toFixed()}`) ?? [],
  )
  const tier = serviceTierOf(price) === 'standard' ? '' : `, ${serviceTierOf(price)}`
  return [provider, model, `${tenantId === null ? source : `tenant ${tenantId}`}${tier}`, rate('input'), rate('output'), [...others, ...steps].join(', ')]
}

async function listUnpriced({ from, to }: { from?: Temporal.Instant; to?: Temporal.Instant }): Promise<void> {
  const groups = await withTollgate(async ({ usage, maintenance }) => {
    const extent = from !== undefined && to !== undefined ? { from, to } : await maintenance.extent()
    if (extent === undefined) return []
    return usage.unpriced(OPERATOR_SCOPE, { range: period(from ?? extent.from, to ?? extent.to), first: 1_000 })
  })
  if (groups.length === 0) return note('Every model in use has a price.')
  const dimensions = groups[0]?.key.map(({ dimension }) => ({ heading: dimension })) ?? []
  const columns = [...dimensions, { heading: 'calls without a price', align: 'end' as const }]
  print(
    table(
      columns,
      groups.map(({ key, measures }) => [...key.map(({ value }) => value ?? '-'), measures.unpricedCalls.toLocaleString('en')]),
    ),
  )
  note('Publish a price with: npm run tollgate -- prices publish --help; then rate them again with: prices rerate --unpriced')
}

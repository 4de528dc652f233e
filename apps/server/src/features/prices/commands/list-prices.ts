import { OPERATOR_SCOPE, type Temporal } from '@tollgate/kernel'
import { type EffectiveInterval, type Price, unitKey } from '@tollgate/pricing'
import { TOKEN_POOLS, type TokenPool } from '@tollgate/tokens'
import { Command } from 'commander'
import { everyPage } from '../../../cli/every-page.ts'
import { instantOption } from '../../../cli/options.ts'
import { print } from '../../../cli/print.ts'
import { table } from '../../../cli/table.ts'
import { withTollgate } from '../../../cli/with-tollgate.ts'
import { describeConditions } from './price-file/describe-conditions.ts'

interface ListOptions {
  readonly provider?: string
  readonly model?: string
  readonly at?: Temporal.Instant
}

/** `tollgate prices list` */
export function listPricesCommand(): Command {
  return new Command('list')
    .description('Lists prices.')
    .option('--provider <provider>', 'only prices of this provider')
    .option('--model <model>', 'only prices of this model, by its canonical name')
    .option('--at <time>', 'only prices whose interval contains this time', instantOption)
    .action(listPrices)
}

async function listPrices(query: ListOptions): Promise<void> {
  const prices = await withTollgate(({ pricing }) =>
    everyPage(async (after: EffectivePrice | undefined) => {
      const { items, hasMore } = await pricing.prices(OPERATOR_SCOPE, { ...query, first: 500, ...(after && { after: after.price.id }) })
      return { items: await Promise.all(items.map(async price => ({ price, intervals: await pricing.effectiveIntervals(price) }))), hasMore }
    }),
  )
  const columns = [
    ...['provider', 'model', 'source', 'from', 'to'].map(heading => ({ heading })),
    { heading: 'input', align: 'end' as const },
    { heading: 'output', align: 'end' as const },
    { heading: 'other rates (USD per million tokens) and prices' },
  ]
  print(table(columns, prices.flatMap(priceRows)))
}

interface EffectivePrice {
  readonly price: Price
  readonly intervals: readonly EffectiveInterval[]
}

/** Returns a row for each interval in which the price is in effect, or one that says it is superseded. */
function priceRows({ price, intervals }: EffectivePrice): string[][] {
  const day = (instant: Temporal.Instant | null) => instant?.toString().slice(0, 10) ?? '-'
  const times = intervals.length > 0 ? intervals.map(({ from, to }) => [day(from), day(to)]) : [['superseded', 'superseded']]
  const [provider, model, source, ...rates] = priceCells(price)
  return times.map(time => [provider, model, source, ...time, ...rates])
}

function priceCells(price: Price): [provider: string, model: string, source: string, ...rates: string[]] {
  const { provider, model, source, tenantId, perMillionTokens, marginalSteps, perRequest, units = [] } = price
  const rate = (pool: TokenPool) => perMillionTokens[pool]?.base.toFixed() ?? '-'
  const others = TOKEN_POOLS.filter(pool => pool !== 'input' && pool !== 'output' && perMillionTokens[pool] !== undefined).map(pool => `${pool} ${rate(pool)}`)
  if (perRequest !== null) others.push(`per request ${perRequest.toFixed()}`)
  others.push(...units.map(unit => `${unitKey(unit)} ${unit.price.toFixed()}${unit.per === undefined ? '' : `/${unit.per}`}`))
  const steps = TOKEN_POOLS.flatMap(
    pool =>
      perMillionTokens[pool]?.steps.map(
        step => `${pool} ${marginalSteps ? 'tokens above' : 'above'} ${step.above.toLocaleString('en')} ${step.rate.toFixed()}`,
      ) ?? [],
  )
  const conditions = describeConditions(price)
  const served = conditions === 'standard' ? '' : `, ${conditions}`
  return [provider, model, `${tenantId === null ? source : `tenant ${tenantId}`}${served}`, rate('input'), rate('output'), [...others, ...steps].join(', ')]
}

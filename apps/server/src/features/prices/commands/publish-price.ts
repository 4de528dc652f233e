import { type Decimal, OPERATOR_SCOPE, type Temporal } from '@tollgate/kernel'
import { type CachePool, type PriceDraft, SERVICE_TIERS, type ServiceTier } from '@tollgate/pricing'
import { TOKEN_POOLS, type TokenPool } from '@tollgate/tokens'
import { Command, InvalidArgumentError, Option } from 'commander'
import { decimalOption, instantOption } from '../../../cli/options.ts'
import { note, print } from '../../../cli/print.ts'
import { withTollgate } from '../../../cli/with-tollgate.ts'

type ContextStep = NonNullable<PriceDraft['contextSteps']>[number]

type PublishOptions = {
  readonly provider: string
  readonly model: string
  readonly tenant?: string
  readonly from: Temporal.Instant
  readonly to?: Temporal.Instant
  readonly perRequest?: Decimal
  readonly serviceTier?: ServiceTier
  readonly step?: readonly ContextStep[]
} & { readonly [Pool in TokenPool]?: Decimal } & { readonly [Multiplier in `${CachePool}Times`]?: Decimal }

/** `tollgate prices publish` */
export function publishPriceCommand(): Command {
  const command = new Command('publish')
    .description('Publishes a price. It holds for events from its time on; the cost that past events were given stays, until they are rated again: see rerate.')
    .requiredOption('--provider <provider>')
    .requiredOption('--model <model>')
    .requiredOption('--from <time>', 'when it begins', instantOption)
    .option('--to <time>', 'when it ends, not included', instantOption)
    .option('--tenant <id>', 'for one tenant; for all, where left out')
    .addOption(new Option('--service-tier <tier>', 'the way of being served that it is for; standard, where left out').choices(SERVICE_TIERS))
    .option('--per-request <usd>', 'USD for each call', decimalOption)
  for (const pool of TOKEN_POOLS) command.addOption(new Option(`--${kebab(pool)} <usd>`, `USD for a million ${pool} tokens`).argParser(decimalOption))
  for (const [pool, usual] of CACHE_MULTIPLES) {
    command.addOption(
      new Option(`--${kebab(pool)}-times <multiple>`, `the rate of ${pool} as a multiple of input's, at every length: ${usual}`)
        .argParser(decimalOption)
        .conflicts(pool),
    )
  }
  return command
    .option('--step <tokens:rates>', 'rates of calls with more input than this, as in 200000:input=6,output=22.5; once for each length', stepOption)
    .action(publishPrice)
}

const CACHE_MULTIPLES = [
  ['cacheRead', '0.1'],
  ['cacheWrite5m', '1.25'],
  ['cacheWrite1h', '2'],
] as const satisfies readonly (readonly [CachePool, string])[]

async function publishPrice(options: PublishOptions): Promise<void> {
  const { provider, model, tenant, from, to, perRequest, serviceTier, step: contextSteps } = options
  const perMillionTokens = Object.fromEntries(TOKEN_POOLS.map(pool => [pool, options[pool]]))
  const cacheMultipliers = Object.fromEntries(CACHE_MULTIPLES.map(([pool]) => [pool, options[`${pool}Times`]]))
  const draft = { provider, model, from, to, tenantId: tenant, serviceTier, perRequest, perMillionTokens, contextSteps, cacheMultipliers }
  const price = await withTollgate(async ({ pricing, accounts }) => {
    if (tenant !== undefined) await accounts.requireTenant(tenant)
    return pricing.publishPrice(OPERATOR_SCOPE, draft)
  })
  note(`The price of ${price.model} by ${price.provider} was published.`)
  print(price.id)
}

function stepOption(text: string, earlier: readonly ContextStep[] = []): readonly ContextStep[] {
  const [, above, rates] = /^(\d{1,15}):(.+)$/.exec(text) ?? []
  if (above === undefined || rates === undefined) throw new InvalidArgumentError('It must be a number of tokens and rates, as in 200000:input=6,output=22.5.')
  const perMillionTokens: Record<string, Decimal> = {}
  for (const rate of rates.split(',')) {
    const [name = '', usd = '', ...others] = rate.split('=').map(part => part.trim())
    const pool = TOKEN_POOLS.find(known => known === name || kebab(known) === name)
    if (pool === undefined || others.length > 0) {
      throw new InvalidArgumentError(`"${rate}" is no rate of a token pool, such as input=6. The pools are ${TOKEN_POOLS.join(', ')}.`)
    }
    if (perMillionTokens[pool] !== undefined) throw new InvalidArgumentError(`It gives ${pool} twice.`)
    perMillionTokens[pool] = decimalOption(usd)
  }
  return [...earlier, { above: Number(above), perMillionTokens }]
}

/** As options are written; commander names their values as the pools are named. */
function kebab(pool: string): string {
  return pool.replace(/[A-Z]|\d+/g, part => `-${part.toLowerCase()}`)
}

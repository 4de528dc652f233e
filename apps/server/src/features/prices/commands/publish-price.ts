import { type Decimal, OPERATOR_SCOPE, type Temporal } from '@tollgate/kernel'
import { type CachePool, type PriceDraft, SERVICE_TIERS, type ServiceTier } from '@tollgate/pricing'
import { FREQUENT_TOKEN_POOLS, type FrequentTokenPool } from '@tollgate/tokens'
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
} & { readonly [Pool in FrequentTokenPool]?: Decimal } & { readonly [Multiplier in `${CachePool}Times`]?: Decimal }

/** `tollgate prices publish` */
export function publishPriceCommand(): Command {
  const command = new Command('publish')
    .description('Publishes a price. It applies to events recorded from now on; to correct the cost of earlier events, run "prices rerate".')
    .requiredOption('--provider <provider>', 'provider, such as openai')
    .requiredOption('--model <model>', 'model, as the provider names it')
    .requiredOption('--from <time>', 'when the price takes effect', instantOption)
    .option('--to <time>', 'when the price ends (default: never)', instantOption)
    .option('--tenant <id>', 'publish the price for this tenant only')
    .addOption(new Option('--service-tier <tier>', 'service tier that the price is for (default: standard)').choices(SERVICE_TIERS))
    .option('--per-request <usd>', 'USD per request', decimalOption)
  for (const pool of FREQUENT_TOKEN_POOLS)
    command.addOption(new Option(`--${kebab(pool)} <usd>`, `USD per million tokens of ${POOL_NAMES[pool]}`).argParser(decimalOption))
  for (const [pool, example] of CACHE_MULTIPLES) {
    command.addOption(
      new Option(`--${kebab(pool)}-times <multiple>`, `rate of ${POOL_NAMES[pool]} as a multiple of the input rate, such as ${example}`)
        .argParser(decimalOption)
        .conflicts(pool),
    )
  }
  return command
    .option('--step <tokens:rates>', 'rates for calls with more input tokens than this, such as 200000:input=6,output=22.5; repeatable', stepOption)
    .action(publishPrice)
}

const POOL_NAMES: Readonly<Record<FrequentTokenPool, string>> = {
  input: 'input',
  output: 'output',
  cacheRead: 'cache reads',
  cacheWrite5m: '5-minute cache writes',
  cacheWrite1h: '1-hour cache writes',
  reasoning: 'reasoning',
  audioInput: 'audio input',
  audioOutput: 'audio output',
  imageInput: 'image input',
  imageOutput: 'image output',
}

const CACHE_MULTIPLES = [
  ['cacheRead', '0.1'],
  ['cacheWrite5m', '1.25'],
  ['cacheWrite1h', '2'],
] as const satisfies readonly (readonly [CachePool, string])[]

async function publishPrice(options: PublishOptions): Promise<void> {
  const { provider, model, tenant, from, to, perRequest, serviceTier, step: contextSteps } = options
  const perMillionTokens = Object.fromEntries(FREQUENT_TOKEN_POOLS.map(pool => [pool, options[pool]]))
  const cacheMultipliers = Object.fromEntries(CACHE_MULTIPLES.map(([pool]) => [pool, options[`${pool}Times`]]))
  const draft = { provider, model, from, to, tenantId: tenant, serviceTier, perRequest, perMillionTokens, contextSteps, cacheMultipliers }
  const price = await withTollgate(async ({ pricing, accounts }) => {
    if (tenant !== undefined) await accounts.requireTenant(tenant)
    return pricing.publishPrice(OPERATOR_SCOPE, draft)
  })
  note(`Published a price for ${price.provider} ${price.model}.`)
  print(price.id)
}

function stepOption(text: string, earlier: readonly ContextStep[] = []): readonly ContextStep[] {
  const [, above, rates] = /^(\d{1,15}):(.+)$/.exec(text) ?? []
  if (above === undefined || rates === undefined) throw new InvalidArgumentError('It must be a number of tokens and rates, such as 200000:input=6,output=22.5.')
  const perMillionTokens: Record<string, Decimal> = {}
  for (const rate of rates.split(',')) {
    const [name = '', usd = '', ...rest] = rate.split('=').map(part => part.trim())
    const pool = FREQUENT_TOKEN_POOLS.find(known => known === name || kebab(known) === name)
    if (pool === undefined || rest.length > 0) {
      throw new InvalidArgumentError(`"${rate}" is not a rate of a token pool, such as input=6. Token pools: ${FREQUENT_TOKEN_POOLS.join(', ')}.`)
    }
    if (perMillionTokens[pool] !== undefined) throw new InvalidArgumentError(`The rate of ${pool} is given twice.`)
    perMillionTokens[pool] = decimalOption(usd)
  }
  return [...earlier, { above: Number(above), perMillionTokens }]
}

/** Converts the name of a pool to that of an option; commander converts it back. */
function kebab(pool: string): string {
  return pool.replace(/[A-Z]|\d+/g, part => `-${part.toLowerCase()}`)
}

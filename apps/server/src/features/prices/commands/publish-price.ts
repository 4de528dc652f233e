import { type Decimal, InvalidInput, OPERATOR_SCOPE, type Temporal } from '@tollgate/kernel'
import { type CachePool, type PriceDraft, SERVICE_TIERS, type ServiceTier, type TimeOfDayDraft, type UnitPriceDraft } from '@tollgate/pricing'
import { TOKEN_POOL_TRAITS, TOKEN_POOLS, type TokenPool } from '@tollgate/tokens'
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
  readonly speed?: string
  readonly region?: string
  readonly hours?: Pick<TimeOfDayDraft, 'from' | 'to'>
  readonly weekdays?: readonly number[]
  readonly unit?: readonly UnitPriceDraft[]
  readonly marginalSteps?: true
  readonly step?: readonly ContextStep[]
} & { readonly [Pool in TokenPool]?: Decimal } & { readonly [Multiplier in `${CachePool}Times`]?: Decimal }

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
    .option('--speed <speed>', 'speed that the price is for, such as fast (default: the usual speed)')
    .option('--region <region>', 'region that the price is for, such as eu or us-gov-* (default: all regions without a price of their own)')
    .option('--hours <from-to>', 'time of day in UTC that the price is for, such as 16:30-00:30 (default: all day)', hoursOption)
    .option('--weekdays <days>', 'days on which these hours start, such as 1-5 for Monday to Friday, or 6,7 (default: every day)', weekdaysOption)
    .option('--per-request <usd>', 'USD per request', decimalOption)
    .option(
      '--unit <kind=usd>',
      'price of what is billed besides tokens, such as web_search=10/1000, image:high-1024x1024=0.167 or audio_second=0.36/3600; repeatable',
      unitOption,
    )
  for (const pool of TOKEN_POOLS)
    command.addOption(new Option(`--${kebab(pool)} <usd>`, `USD per million tokens of ${poolName(pool)}`).argParser(decimalOption))
  for (const [pool, example] of CACHE_MULTIPLES) {
    command.addOption(
      new Option(`--${kebab(pool)}-times <multiple>`, `rate of ${poolName(pool)} as a multiple of the input rate, such as ${example}`)
        .argParser(decimalOption)
        .conflicts(pool),
    )
  }
  return command
    .option('--step <tokens:rates>', 'rates for calls with more input tokens than this, such as 200000:input=6,output=22.5; repeatable', stepOption)
    .option('--marginal-steps', 'steps price only the tokens of the pool above them, not all tokens of the call')
    .action(publishPrice)
}

/** Names a pool in words: "5-minute cache writes", "audio cache reads", "video input". */
function poolName(pool: TokenPool): string {
  const { kind, modality, lifetime } = TOKEN_POOL_TRAITS[pool]
  const kinds = {
    input: 'input',
    output: 'output',
    reasoning: 'reasoning',
    cacheRead: 'cache reads',
    cacheWrite: `${lifetime?.replace('m', '-minute').replace('h', '-hour')} cache writes`,
  }
  return modality === 'text' ? kinds[kind] : `${modality} ${kinds[kind]}`
}

const CACHE_MULTIPLES = [
  ['cacheRead', '0.1'],
  ['cacheWrite5m', '1.25'],
  ['cacheWrite1h', '2'],
] as const satisfies readonly (readonly [CachePool, string])[]

async function publishPrice(options: PublishOptions): Promise<void> {
  const { provider, model, tenant, from, to, perRequest, serviceTier, speed, region, hours, weekdays, unit: units, marginalSteps, step: contextSteps } = options
  if (weekdays && !hours) throw new InvalidInput([{ path: '--weekdays', message: 'needs --hours, such as --hours 00:00-24:00' }])
  const timeOfDay = hours && { ...hours, weekdays }
  const perMillionTokens = Object.fromEntries(TOKEN_POOLS.map(pool => [pool, options[pool]]))
  const cacheMultipliers = Object.fromEntries(CACHE_MULTIPLES.map(([pool]) => [pool, options[`${pool}Times`]]))
  const draft = {
    provider,
    model,
    from,
    to,
    tenantId: tenant,
    serviceTier,
    speed,
    region,
    timeOfDay,
    perRequest,
    units,
    perMillionTokens,
    contextSteps,
    marginalSteps,
    cacheMultipliers,
  }
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
    const pool = TOKEN_POOLS.find(known => known === name || kebab(known) === name)
    if (pool === undefined || rest.length > 0) {
      throw new InvalidArgumentError(`"${rate}" is not a rate of a token pool, such as input=6. Token pools: ${TOKEN_POOLS.join(', ')}.`)
    }
    if (perMillionTokens[pool] !== undefined) throw new InvalidArgumentError(`The rate of ${pool} is given twice.`)
    perMillionTokens[pool] = decimalOption(usd)
  }
  return [...earlier, { above: Number(above), perMillionTokens }]
}

function unitOption(text: string, earlier: readonly UnitPriceDraft[] = []): readonly UnitPriceDraft[] {
  const { kind, variant, usd, per } = /^(?<kind>[^:=]+)(?::(?<variant>[^=]+))?=(?<usd>[^/]+)(?:\/(?<per>\d{1,10}))?$/.exec(text)?.groups ?? {}
  if (kind === undefined || usd === undefined) {
    throw new InvalidArgumentError('It must be a kind of units and a price, such as web_search=10/1000 or image:high-1024x1024=0.167.')
  }
  return [...earlier, { kind, variant, price: decimalOption(usd), per: per === undefined ? undefined : Number(per) }]
}

function hoursOption(text: string): Pick<TimeOfDayDraft, 'from' | 'to'> {
  const [, from, to] = /^(\d{2}:\d{2})-(\d{2}:\d{2})$/.exec(text) ?? []
  if (from === undefined || to === undefined) throw new InvalidArgumentError('It must be two times, such as 16:30-00:30.')
  return { from, to }
}

function weekdaysOption(text: string): readonly number[] {
  if (!/^[1-7](?:-[1-7])?(?:,[1-7](?:-[1-7])?)*$/.test(text))
    throw new InvalidArgumentError('It must be days from 1 (Monday) to 7 (Sunday), such as 1-5 or 6,7.')
  return text.split(',').flatMap(part => {
    const [first = 1, last = first] = part.split('-').map(Number)
    return Array.from({ length: Math.max(0, last - first + 1) }, (_, day) => first + day)
  })
}

/** Converts the name of a pool to that of an option; commander converts it back. */
function kebab(pool: string): string {
  return pool.replace(/[A-Z]|\d+/g, part => `-${part.toLowerCase()}`)
}

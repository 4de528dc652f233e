import { checkChargeRule, type PriceModelDraft, type PriceModelTerms } from '@tollgate/charges'
import { type Decimal, InvalidInput } from '@tollgate/kernel'
import { Command, InvalidArgumentError, Option } from 'commander'
import { publishChargeRule, type RuleOptions, ruleOf, withRuleOptions } from './charge-rule/publish-charge-rule.ts'
import { inFile, readChargeRuleFile } from './charge-rule/read-charge-rule-file.ts'
import { decimalOption } from '../../../cli/options.ts'

interface TierOption {
  readonly from: Decimal
  readonly unitPrice: Decimal
}

interface ModelOptions extends RuleOptions {
  readonly fee?: Decimal
  readonly perMillion?: Decimal
  readonly percentOfCost?: Decimal
  readonly tier?: readonly TierOption[]
  readonly volume?: true
  readonly included?: Decimal
  readonly minimum?: Decimal
  readonly maximum?: Decimal
  readonly file?: string
}

const SIMPLE = ['fee', 'perMillion', 'percentOfCost', 'tier', 'volume', 'included', 'minimum', 'maximum'] as const satisfies readonly (keyof ModelOptions)[]

/** `tollgate charges publish-model` */
export function publishModelCommand(): Command {
  return withRuleOptions(
    new Command('publish-model')
      .description('Publishes a price list that replaces cost and markup. It counts tokens.')
      .option('--fee <usd>', 'one fee for any usage', decimalOption)
      .addOption(new Option('--per-million <usd>', 'price per million tokens').argParser(decimalOption).conflicts('fee'))
      .addOption(new Option('--percent-of-cost <percent>', 'percentage of what providers charge').argParser(decimalOption).conflicts(['fee', 'perMillion']))
      .addOption(
        new Option('--tier <from=usd>', 'price in USD of a token above this number, such as 0=0.00002 and 1000000=0.000015; repeat for each tier')
          .argParser(tierOption)
          .conflicts(['fee', 'perMillion', 'percentOfCost']),
      )
      .option('--volume', 'charge all tokens at the price of the last tier reached, not each at the price of its own')
      .option('--included <tokens>', 'number of free tokens', decimalOption)
      .option('--minimum <usd>', 'minimum price', decimalOption)
      .option('--maximum <usd>', 'maximum price', decimalOption)
      .addOption(new Option('--file <json>', 'a price list of any kind as a JSON object; see docs/guides/pricing-and-charges.md').conflicts([...SIMPLE])),
  ).action(publish)
}

async function publish(name: string, options: ModelOptions): Promise<void> {
  const { file } = options
  const rule = (priceModel: PriceModelDraft) => ({ ...ruleOf(name, options), terms: { kind: 'price-model', priceModel } satisfies PriceModelTerms })
  if (file === undefined) return publishChargeRule(rule(priceModelOf(options)), options)
  const priceModel = (await readChargeRuleFile(file)) as unknown as PriceModelDraft
  inFile(file, () => checkChargeRule(rule(priceModel)))
  return publishChargeRule(rule(priceModel), options)
}

function priceModelOf({ fee, perMillion, percentOfCost, tier, volume, included: includedUnits, minimum, maximum }: ModelOptions): PriceModelDraft {
  if (volume && tier === undefined) throw new InvalidInput([{ path: '', message: '--volume requires --tier.' }])
  if (includedUnits !== undefined && tier === undefined && perMillion === undefined) {
    throw new InvalidInput([{ path: '', message: '--included requires --per-million or --tier.' }])
  }
  if (tier !== undefined) return { kind: volume ? 'volume' : 'graduated', tiers: tier, includedUnits, minimum, maximum }
  if (perMillion !== undefined) return { kind: 'per-unit', unitPrice: perMillion, per: 1_000_000, includedUnits, minimum, maximum }
  if (fee !== undefined) return { kind: 'flat-fee', fee, minimum, maximum }
  if (percentOfCost !== undefined) return { kind: 'percentage', percent: percentOfCost, minimum, maximum }
  throw new InvalidInput([{ path: '', message: 'Specify the price: --fee, --per-million, --tier, --percent-of-cost or --file.' }])
}

function tierOption(text: string, earlier: readonly TierOption[] = []): readonly TierOption[] {
  const [from, unitPrice, ...others] = text.split('=')
  if (from === undefined || unitPrice === undefined || others.length > 0) {
    throw new InvalidArgumentError('It must be a number of tokens and the price of one above it in USD, such as 1000000=0.000015.')
  }
  return [...earlier, { from: decimalOption(from), unitPrice: decimalOption(unitPrice) }]
}

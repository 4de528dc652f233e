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
      .description('Publishes a price list of your own, by which tokens are charged instead of by cost and markup.')
      .option('--fee <usd>', 'one fee, whatever was used', decimalOption)
      .addOption(new Option('--per-million <usd>', 'a price for a million tokens').argParser(decimalOption).conflicts('fee'))
      .addOption(new Option('--percent-of-cost <percent>', 'a share of what providers charge').argParser(decimalOption).conflicts(['fee', 'perMillion']))
      .addOption(
        new Option('--tier <from=usd>', 'USD for a token above this many, as in 0=0.00002 and 1000000=0.000015; once for each tier')
          .argParser(tierOption)
          .conflicts(['fee', 'perMillion', 'percentOfCost']),
      )
      .option('--volume', 'all tokens at the price of the tier that the last one lies in, instead of each at its own')
      .option('--included <tokens>', 'this many are free', decimalOption)
      .option('--minimum <usd>', 'what it comes to at least', decimalOption)
      .option('--maximum <usd>', 'what it comes to at most', decimalOption)
      .addOption(
        new Option('--file <json>', 'the price list as a JSON object, of any kind there is; see the README of @tollgate/pricing').conflicts([...SIMPLE]),
      ),
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
  if (volume && tier === undefined) throw new InvalidInput([{ path: '', message: 'A price by volume needs its tiers: --tier.' }])
  if (includedUnits !== undefined && tier === undefined && perMillion === undefined) {
    throw new InvalidInput([{ path: '', message: '--included goes with a price by tokens: --per-million or --tier.' }])
  }
  if (tier !== undefined) return { kind: volume ? 'volume' : 'graduated', tiers: tier, includedUnits, minimum, maximum }
  if (perMillion !== undefined) return { kind: 'per-unit', unitPrice: perMillion, per: 1_000_000, includedUnits, minimum, maximum }
  if (fee !== undefined) return { kind: 'flat-fee', fee, minimum, maximum }
  if (percentOfCost !== undefined) return { kind: 'percentage', percent: percentOfCost, minimum, maximum }
  throw new InvalidInput([{ path: '', message: 'What it costs must be said: --fee, --per-million, --tier, --percent-of-cost, or --file.' }])
}

function tierOption(text: string, earlier: readonly TierOption[] = []): readonly TierOption[] {
  const [from, unitPrice, ...others] = text.split('=')
  if (from === undefined || unitPrice === undefined || others.length > 0) {
    throw new InvalidArgumentError('It must be a number of tokens and USD for one above it, as in 1000000=0.000015.')
  }
  return [...earlier, { from: decimalOption(from), unitPrice: decimalOption(unitPrice) }]
}

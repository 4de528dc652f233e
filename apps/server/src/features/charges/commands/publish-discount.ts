import { checkChargeRule, type DiscountConditionDraft, type DiscountDraft, type DiscountStacking, type DiscountTerms } from '@tollgate/charges'
import { type Decimal, InvalidInput } from '@tollgate/kernel'
import { Command, Option } from 'commander'
import { publishChargeRule, type RuleOptions, ruleOf, withRuleOptions } from './charge-rule/publish-charge-rule.ts'
import { inFile, readChargeRuleFile } from './charge-rule/read-charge-rule-file.ts'
import { decimalOption, wholeNumberOption } from '../../../cli/options.ts'

interface DiscountOptions extends RuleOptions {
  readonly percent?: Decimal
  readonly amount?: Decimal
  readonly ofSubtotal?: true
  readonly maximum?: Decimal
  readonly floor?: Decimal
  readonly budget?: Decimal
  readonly priority?: string
  readonly exclusive?: true
  readonly bestOf?: string
  readonly provider?: readonly string[]
  readonly model?: readonly string[]
  readonly billingTier?: readonly string[]
  readonly firstTimeCustomer?: true
  readonly coupon?: string
  readonly couponLimit?: number
  readonly couponLimitPerCustomer?: number
  readonly file?: string
}

/** What a file says in full. */
const SIMPLE = [
  'percent',
  'amount',
  'ofSubtotal',
  'maximum',
  'floor',
  'budget',
  'priority',
  'exclusive',
  'bestOf',
  'provider',
  'model',
  'billingTier',
  'firstTimeCustomer',
  'coupon',
  'couponLimit',
  'couponLimitPerCustomer',
] as const satisfies readonly (keyof DiscountOptions)[]

/** `tollgate charges publish-discount` */
export function publishDiscountCommand(): Command {
  return withRuleOptions(
    new Command('publish-discount')
      .description('Publishes something taken off: a percentage, a sum, or, with a file, any discount there is.')
      .option('--percent <percent>', 'a percentage off', decimalOption)
      .addOption(new Option('--amount <usd>', 'a sum off').argParser(decimalOption).conflicts(['percent', 'ofSubtotal']))
      .option('--of-subtotal', 'the percentage is of what there was before other discounts, not of what they left')
      .option('--maximum <usd>', 'the most that it takes off one charge', decimalOption)
      .option('--floor <usd>', 'what it does not take a charge below', decimalOption)
      .option('--budget <usd>', 'the most that it takes off all charges', decimalOption)
      .option('--priority <number>', 'the higher goes first; 0 where left out')
      .option('--exclusive', 'given alone, if nothing was given before it')
      .addOption(new Option('--best-of <group>', 'of a group, the one is given that takes most off').conflicts('exclusive'))
      .option('--provider <provider...>', 'only on what these providers charge')
      .option('--model <model...>', 'only on what these models cost')
      .option('--billing-tier <tier...>', 'only for customers of these billing tiers')
      .option('--first-time-customer', 'only for first-time customers')
      .option('--coupon <code>', 'only for who gives this code')
      .option('--coupon-limit <times>', 'how often the code is good', wholeNumberOption(1, Number.MAX_SAFE_INTEGER))
      .option('--coupon-limit-per-customer <times>', 'how often it is good for one customer', wholeNumberOption(1, Number.MAX_SAFE_INTEGER))
      .addOption(
        new Option(
          '--file <json>',
          'the discount as a JSON object, in full: effect, conditions, priority, stacking, maximum, floor, budget; see the README of @tollgate/pricing',
        ).conflicts([...SIMPLE]),
      ),
  ).action(publish)
}

async function publish(name: string, options: DiscountOptions): Promise<void> {
  const { file } = options
  const rule = (terms: DiscountTerms) => ({ ...ruleOf(name, options), terms })
  if (file === undefined) return publishChargeRule(rule({ kind: 'discount', discount: discountOf(options) }), options)
  const content = await readChargeRuleFile(file)
  const terms = { kind: 'discount', discount: content as unknown as DiscountTerms['discount'] } as const
  inFile(file, () => {
    if (Object.hasOwn(content, 'id')) throw new InvalidInput([{ path: 'discount.id', message: 'is not a field of this: a rule is called by its name' }])
    checkChargeRule(rule(terms))
  })
  return publishChargeRule(rule(terms), options)
}

function discountOf(options: DiscountOptions): DiscountTerms['discount'] {
  const { maximum, floor, budget, priority } = options
  return { effect: effectOf(options), conditions: conditionsOf(options), stacking: stackingOf(options), maximum, floor, budget, priority }
}

function effectOf({ percent, amount, ofSubtotal }: DiscountOptions): DiscountDraft['effect'] {
  if (amount !== undefined) return { kind: 'fixed', amount }
  if (percent !== undefined) return { kind: 'percentage', percent, basis: ofSubtotal ? 'subtotal' : 'remaining' }
  throw new InvalidInput([{ path: '', message: 'What it takes off must be said: --percent, --amount, or --file.' }])
}

function stackingOf({ exclusive, bestOf }: DiscountOptions): DiscountStacking | undefined {
  if (bestOf !== undefined) return { kind: 'best-of', group: bestOf }
  return exclusive ? { kind: 'exclusive' } : undefined
}

function conditionsOf(options: DiscountOptions): readonly DiscountConditionDraft[] {
  const { provider: providers, model: models, billingTier, firstTimeCustomer, coupon, couponLimit, couponLimitPerCustomer } = options
  if (coupon === undefined && (couponLimit ?? couponLimitPerCustomer) !== undefined) {
    throw new InvalidInput([{ path: '', message: 'A limit of a coupon needs its code: --coupon.' }])
  }
  return [
    providers || models ? [{ kind: 'provider-model' as const, providers, models }] : [],
    billingTier ? [{ kind: 'billing-tier' as const, anyOf: billingTier }] : [],
    firstTimeCustomer ? [{ kind: 'first-time-customer' as const }] : [],
    coupon === undefined
      ? []
      : [{ kind: 'coupon' as const, code: coupon, maximumRedemptions: couponLimit, maximumRedemptionsPerCustomer: couponLimitPerCustomer }],
  ].flat()
}

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

/** Options that a file replaces. */
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
      .description('Publishes a discount: a percentage, a fixed amount, or any other discount from a file.')
      .option('--percent <percent>', 'percentage off', decimalOption)
      .addOption(new Option('--amount <usd>', 'fixed amount off').argParser(decimalOption).conflicts(['percent', 'ofSubtotal']))
      .option('--of-subtotal', 'apply the percentage to the subtotal, not to what earlier discounts left')
      .option('--maximum <usd>', 'maximum off one charge', decimalOption)
      .option('--floor <usd>', 'minimum charge after the discount', decimalOption)
      .option('--budget <usd>', 'maximum off all charges', decimalOption)
      .option('--priority <number>', 'higher priorities apply first (default: 0)')
      .option('--exclusive', 'apply the discount alone, unless another one applies before it')
      .addOption(new Option('--best-of <group>', 'apply only the discount of this group that takes most off').conflicts('exclusive'))
      .option('--provider <provider...>', 'only on the cost of these providers')
      .option('--model <model...>', 'only on the cost of these models')
      .option('--billing-tier <tier...>', 'only for tenants with these tiers')
      .option('--first-time-customer', 'only for first-time customers')
      .option('--coupon <code>', 'only for tenants that redeem this code')
      .option('--coupon-limit <times>', 'maximum number of redemptions', wholeNumberOption(1, Number.MAX_SAFE_INTEGER))
      .option('--coupon-limit-per-customer <times>', 'maximum number of redemptions per tenant', wholeNumberOption(1, Number.MAX_SAFE_INTEGER))
      .addOption(
        new Option(
          '--file <json>',
          'the whole discount as a JSON object: effect, conditions, priority, stacking, maximum, floor, budget; see docs/guides/pricing-and-charges.md',
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
    if (Object.hasOwn(content, 'id')) throw new InvalidInput([{ path: 'discount.id', message: 'is not allowed here; the name of the rule is the id' }])
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
  throw new InvalidInput([{ path: '', message: 'Specify the amount off: --percent, --amount or --file.' }])
}

function stackingOf({ exclusive, bestOf }: DiscountOptions): DiscountStacking | undefined {
  if (bestOf !== undefined) return { kind: 'best-of', group: bestOf }
  return exclusive ? { kind: 'exclusive' } : undefined
}

function conditionsOf(options: DiscountOptions): readonly DiscountConditionDraft[] {
  const { provider: providers, model: models, billingTier, firstTimeCustomer, coupon, couponLimit, couponLimitPerCustomer } = options
  if (coupon === undefined && (couponLimit ?? couponLimitPerCustomer) !== undefined) {
    throw new InvalidInput([{ path: '', message: 'Coupon limits require --coupon.' }])
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

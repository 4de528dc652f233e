import { CHARGE_RULE_KINDS, type ChargeRule, type ChargeRuleKind } from '@tollgate/charges'
import { NotFound, OPERATOR_SCOPE, type Temporal } from '@tollgate/kernel'
import { Command, Option } from 'commander'
import type { Tollgate } from '../../../tollgate.ts'
import { chargeRuleTable } from './charge-rule/charge-rule-table.ts'
import { everyPage } from '../../../cli/every-page.ts'
import { instantOption } from '../../../cli/options.ts'
import { note, print } from '../../../cli/print.ts'
import { withTollgate } from '../../../cli/with-tollgate.ts'
import { publishDiscountCommand } from './publish-discount.ts'
import { publishMarkupCommand } from './publish-markup.ts'
import { publishModelCommand } from './publish-model.ts'
import { redeemCouponCommand } from './redeem-coupon.ts'
import { withdrawChargeRuleCommand } from './withdraw-charge-rule.ts'

interface RulesOptions {
  readonly tenant?: string
  readonly kind?: ChargeRuleKind
  readonly at?: Temporal.Instant
}

/** `tollgate charges` */
export function chargesCommand(): Command {
  return new Command('charges')
    .description(
      'Manages what tenants are charged: markups on cost, discounts, price lists and coupons. To see the resulting charges, use prices explain and prices simulate.',
    )
    .addCommand(
      new Command('rules')
        .description('Lists all versions of rules, latest published first. With --tenant or --at, lists the rules in effect.')
        .option('--tenant <id>', 'only rules in effect for this tenant, including those for its plan and for all tenants; at --at or now')
        .option('--at <time>', 'only rules in effect at this time', instantOption)
        .addOption(new Option('--kind <kind>', 'only rules of this kind').choices(CHARGE_RULE_KINDS))
        .action(listRules),
    )
    .addCommand(publishMarkupCommand())
    .addCommand(publishDiscountCommand())
    .addCommand(publishModelCommand())
    .addCommand(withdrawChargeRuleCommand())
    .addCommand(redeemCouponCommand())
}

async function listRules({ kind, ...options }: RulesOptions): Promise<void> {
  const { rules, inEffect } = await withTollgate(async tollgate => ({
    rules: await rulesOf(tollgate, options),
    inEffect: new Set((await everyRule(tollgate, { at: tollgate.clock.now(null) })).map(({ id }) => id)),
  }))
  const wanted = kind === undefined ? rules : rules.filter(rule => rule.kind === kind)
  if (wanted.length === 0) return note('No matching rules. Without rules, tenants are charged what providers charge.')
  print(chargeRuleTable(wanted, inEffect))
}

async function rulesOf(tollgate: Tollgate, { tenant, at }: Pick<RulesOptions, 'tenant' | 'at'>): Promise<readonly ChargeRule[]> {
  if (tenant === undefined) return everyRule(tollgate, at === undefined ? {} : { at })
  const [found] = await tollgate.accounts.tenantsByIds(OPERATOR_SCOPE, [tenant])
  if (found === undefined) throw new NotFound('tenant', tenant)
  const { versions } = await tollgate.chargeRules.inEffect({ at: at ?? tollgate.clock.now(tenant), tenantId: tenant, plan: found.tier })
  return versions.toReversed()
}

function everyRule({ chargeRules }: Tollgate, query: { readonly at?: Temporal.Instant }): Promise<ChargeRule[]> {
  return everyPage(async (after: ChargeRule | undefined) => {
    return chargeRules.list(OPERATOR_SCOPE, { ...query, first: 1_000, after: after?.id })
  })
}

import { CHARGE_RULE_KINDS, type ChargeRule, type ChargeRuleKind } from '@tollgate/charges'
import { NotFound, OPERATOR_SCOPE, systemClock, type Temporal } from '@tollgate/kernel'
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
    .description('What tenants are charged: markups on cost, discounts, and price lists of your own. What comes of them: prices explain, prices simulate.')
    .addCommand(
      new Command('rules')
        .description('Shows the rules: every version, the last published first; of a time or a tenant, those that hold.')
        .option('--tenant <id>', "those that hold for this tenant: its own, its plan's and everybody's; now, where there is no --at")
        .option('--at <time>', 'those that are in effect then', instantOption)
        .addOption(new Option('--kind <kind>', 'only of this kind').choices(CHARGE_RULE_KINDS))
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
    inEffect: new Set((await everyRule(tollgate, { at: systemClock.now() })).map(({ id }) => id)),
  }))
  const wanted = kind === undefined ? rules : rules.filter(rule => rule.kind === kind)
  if (wanted.length === 0) return note('There are no such rules. Without any, tenants are charged what providers charge.')
  print(chargeRuleTable(wanted, inEffect))
}

async function rulesOf(tollgate: Tollgate, { tenant, at }: Pick<RulesOptions, 'tenant' | 'at'>): Promise<readonly ChargeRule[]> {
  if (tenant === undefined) return everyRule(tollgate, at === undefined ? {} : { at })
  const [found] = await tollgate.accounts.tenantsByIds(OPERATOR_SCOPE, [tenant])
  if (found === undefined) throw new NotFound('tenant', tenant)
  const { versions } = await tollgate.chargeRules.inEffect({ at: at ?? systemClock.now(), tenantId: tenant, plan: found.tier })
  return versions.toReversed()
}

function everyRule({ chargeRules }: Tollgate, query: { readonly at?: Temporal.Instant }): Promise<ChargeRule[]> {
  return everyPage(async (after: ChargeRule | undefined) => {
    return chargeRules.list(OPERATOR_SCOPE, { ...query, first: 1_000, after: after?.id })
  })
}

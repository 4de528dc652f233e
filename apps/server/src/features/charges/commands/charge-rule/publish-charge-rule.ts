import type { Tenant } from '@tollgate/accounts'
import { type ChargeRuleDraft, chargeRuleLabel, checkChargeRule } from '@tollgate/charges'
import { OPERATOR_SCOPE, type Temporal } from '@tollgate/kernel'
import { type Command, Option } from 'commander'
import type { Tollgate } from '../../../../tollgate.ts'
import { ChargeRuleId } from '../../ids.ts'
import { confirm, type ConfirmOptions } from '../../../../cli/confirm.ts'
import { everyPage } from '../../../../cli/every-page.ts'
import { instantOption } from '../../../../cli/options.ts'
import { note, print } from '../../../../cli/print.ts'
import { table } from '../../../../cli/table.ts'
import { withTollgate } from '../../../../cli/with-tollgate.ts'
import { chargeRuleExamples } from './charge-rule-examples.ts'
import { chargeRuleTable, describeAudience } from './charge-rule-table.ts'
import { describeTerms } from './describe-terms.ts'

/** Options of every command that publishes a rule. */
export interface RuleOptions extends ConfirmOptions {
  readonly tenant?: string
  readonly plan?: string
  readonly from?: Temporal.Instant
  readonly to?: Temporal.Instant
}

/** Adds the argument and options that all rules share. */
export function withRuleOptions(command: Command): Command {
  return command
    .argument('<name>', 'name of the rule; an existing rule gets its next version')
    .option('--tenant <id>', 'apply the rule to this tenant only (default: all tenants)')
    .option('--plan <plan>', 'apply the rule to tenants on this plan (tier) only')
    .option('--from <time>', 'when the rule takes effect (default: now)', instantOption)
    .option('--to <time>', 'when the rule ends, exclusive', instantOption)
    .addOption(new Option('--dry-run', 'show the effect of the rule, and publish nothing').conflicts('yes'))
    .option('--yes', 'publish without asking')
}

/** Returns the part of a draft that all rules share. */
export function ruleOf(name: string, { tenant, plan, from, to }: RuleOptions): Omit<ChargeRuleDraft, 'terms'> {
  return { name, tenantId: tenant, plan, from, to }
}

/** Shows the effect of a rule and the versions it replaces, and publishes it after confirmation. Throws `InvalidInput` before it connects to the database. */
export async function publishChargeRule(draft: ChargeRuleDraft, options: ConfirmOptions): Promise<void> {
  const terms = checkChargeRule(draft)
  await withTollgate(async tollgate => {
    if (typeof draft.tenantId === 'string') await tollgate.accounts.requireTenant(draft.tenantId)
    await showRule(tollgate, { ...draft, terms })
    if (!(await confirm(`Publish this ${draft.terms.kind}?`, options))) return note('Nothing was published.')
    const rule = await tollgate.chargeRules.publish(OPERATOR_SCOPE, draft)
    note(`Published the ${rule.kind} ${chargeRuleLabel(rule)}.`)
    print(ChargeRuleId.encode(rule.id))
  })
}

async function showRule(tollgate: Tollgate, draft: ChargeRuleDraft): Promise<void> {
  const { name, from, to, terms, plan } = draft
  const until = to === undefined || to === null ? 'on' : `until ${to.toString()}`
  note(`The ${terms.kind} ${name}, for ${describeAudience(draft)}, from ${from?.toString() ?? 'now'} ${until}: ${describeTerms(terms)}`)
  const examples = chargeRuleExamples(terms)
  if (examples.length > 0) {
    note('')
    note(
      table(
        [{ heading: 'example' }, { heading: 'charge, USD', align: 'end' }],
        examples.map(({ of, charge }) => [of, charge?.toFixed() ?? 'no price']),
      ),
    )
  }
  const { items: rules, hasMore } = await tollgate.chargeRules.list(OPERATOR_SCOPE, { kind: terms.kind, name, first: 10 })
  if (rules.length > 0) {
    note('')
    note(`It replaces these versions during its interval${hasMore ? ', and earlier ones' : ''}:`)
    note(chargeRuleTable(rules))
    const others = rules.find(rule => rule.terms !== null && describeAudience(rule) !== describeAudience(draft))
    if (others) note(`\n${chargeRuleLabel(others)} is for ${describeAudience(others)}. This version replaces it there too. To keep both, use another name.`)
  }
  if (typeof plan === 'string' && !(await hasTenants(tollgate, plan))) note(`\nNo tenant is on the plan "${plan}" now.`)
  note('')
}

async function hasTenants({ accounts }: Tollgate, plan: string): Promise<boolean> {
  const tenants = await everyPage((after: Tenant | undefined) => accounts.tenants(OPERATOR_SCOPE, { first: 100, after: after?.id }))
  return tenants.some(({ tier }) => tier === plan)
}

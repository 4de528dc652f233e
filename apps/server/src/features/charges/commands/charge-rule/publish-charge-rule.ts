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
import { chargeRuleTable, describeWhom } from './charge-rule-table.ts'
import { describeTerms } from './describe-terms.ts'

/** What every rule has, as options. */
export interface RuleOptions extends ConfirmOptions {
  readonly tenant?: string
  readonly plan?: string
  readonly from?: Temporal.Instant
  readonly to?: Temporal.Instant
}

/** Adds the name and the options of every rule to a command that publishes one. */
export function withRuleOptions(command: Command): Command {
  return command
    .argument('<name>', 'what the rule is called; one that is there already gets its next version')
    .option('--tenant <id>', "for one tenant's charges; for everybody's, where left out")
    .option('--plan <plan>', 'for tenants on this plan only: their tier')
    .option('--from <time>', 'when it begins; now, where left out', instantOption)
    .option('--to <time>', 'when it ends, not included', instantOption)
    .addOption(new Option('--dry-run', 'show what it means, and publish nothing').conflicts('yes'))
    .option('--yes', 'publish without asking')
}

/** The part of a draft that the options of every rule say. */
export function ruleOf(name: string, { tenant, plan, from, to }: RuleOptions): Omit<ChargeRuleDraft, 'terms'> {
  return { name, tenantId: tenant, plan, from, to }
}

/** Shows what a rule means and what it takes the place of, and publishes it when told to. Throws `InvalidInput`, before anything is opened. */
export async function publishChargeRule(draft: ChargeRuleDraft, options: ConfirmOptions): Promise<void> {
  const terms = checkChargeRule(draft)
  await withTollgate(async tollgate => {
    if (typeof draft.tenantId === 'string') await tollgate.accounts.requireTenant(draft.tenantId)
    await showRule(tollgate, { ...draft, terms })
    if (!(await confirm(`Publish this ${draft.terms.kind}?`, options))) return note('Nothing was published.')
    const rule = await tollgate.chargeRules.publish(OPERATOR_SCOPE, draft)
    note(`The ${rule.kind} ${chargeRuleLabel(rule)} was published.`)
    print(ChargeRuleId.encode(rule.id))
  })
}

async function showRule(tollgate: Tollgate, draft: ChargeRuleDraft): Promise<void> {
  const { name, from, to, terms, plan } = draft
  note(
    `The ${terms.kind} ${name}, for ${describeWhom(draft)}, from ${from?.toString() ?? 'now'} ${to ? `until ${to.toString()}` : 'on'}: ${describeTerms(terms)}`,
  )
  const examples = chargeRuleExamples(terms)
  if (examples.length > 0) {
    note('')
    note(
      table(
        [{ heading: 'for example' }, { heading: 'becomes, USD', align: 'end' }],
        examples.map(({ of, charge }) => [of, charge?.toFixed() ?? 'no price']),
      ),
    )
  }
  const { items: rules, hasMore } = await tollgate.chargeRules.list(OPERATOR_SCOPE, { kind: terms.kind, name, first: 10 })
  if (rules.length > 0) {
    note('')
    note(`It goes before these in its own interval; they stay as they are outside it${hasMore ? ', as do earlier ones' : ''}:`)
    note(chargeRuleTable(rules))
    const others = rules.find(rule => rule.terms !== null && describeWhom(rule) !== describeWhom(draft))
    if (others) note(`\n${chargeRuleLabel(others)} is for ${describeWhom(others)}. This version takes its place there too: to have both, give it another name.`)
  }
  if (typeof plan === 'string' && !(await isAnyoneOn(tollgate, plan))) note(`\nNo tenant is on the plan "${plan}" now.`)
  note('')
}

async function isAnyoneOn({ accounts }: Tollgate, plan: string): Promise<boolean> {
  const tenants = await everyPage((after: Tenant | undefined) => accounts.tenants(OPERATOR_SCOPE, { first: 100, after: after?.id }))
  return tenants.some(({ tier }) => tier === plan)
}

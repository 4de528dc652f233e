import { chargeRuleLabel } from '@tollgate/charges'
import { NotFound, OPERATOR_SCOPE, type Temporal } from '@tollgate/kernel'
import { Command, InvalidArgumentError, Option } from 'commander'
import { ChargeRuleId } from '../ids.ts'
import { chargeRuleTable } from './charge-rule/charge-rule-table.ts'
import { confirm, type ConfirmOptions } from '../../../cli/confirm.ts'
import { instantOption } from '../../../cli/options.ts'
import { note, print } from '../../../cli/print.ts'
import { withTollgate } from '../../../cli/with-tollgate.ts'

/** `tollgate charges withdraw` */
export function withdrawChargeRuleCommand(): Command {
  return new Command('withdraw')
    .description('Withdraws a rule with all its versions from a time on. Earlier charges do not change, and the versions stay listed.')
    .argument('<rule>', 'id of any version of the rule: rule_…', ruleArgument)
    .option('--from <time>', 'when the rule stops being in effect (default: now)', instantOption)
    .addOption(new Option('--dry-run', 'show what would be withdrawn, and withdraw nothing').conflicts('yes'))
    .option('--yes', 'withdraw without asking')
    .action(withdraw)
}

async function withdraw(id: string, { from, ...options }: ConfirmOptions & { readonly from?: Temporal.Instant }): Promise<void> {
  await withTollgate(async ({ chargeRules }) => {
    const [rule] = await chargeRules.byIds(OPERATOR_SCOPE, [id])
    if (rule === undefined) throw new NotFound('charge rule', ChargeRuleId.encode(id))
    const { items: versions } = await chargeRules.list(OPERATOR_SCOPE, { kind: rule.kind, name: rule.name, first: 10 })
    note(chargeRuleTable(versions))
    if (!(await confirm(`Withdraw the ${rule.kind} ${rule.name} from ${from?.toString() ?? 'now'} on?`, options))) return note('Nothing was withdrawn.')
    const withdrawn = await chargeRules.withdraw(OPERATOR_SCOPE, { id, from })
    if (withdrawn === undefined) throw new NotFound('charge rule', ChargeRuleId.encode(id))
    note(`Withdrew the ${withdrawn.kind} ${withdrawn.name} from ${withdrawn.from.toString()} on, as ${chargeRuleLabel(withdrawn)}.`)
    print(ChargeRuleId.encode(withdrawn.id))
  })
}

function ruleArgument(text: string): string {
  try {
    return ChargeRuleId.decode(text)
  } catch {
    throw new InvalidArgumentError('It must be the id of a rule, such as rule_01900000-0000-7000-8000-000000000000.')
  }
}

import type { Decimal } from '@tollgate/kernel'
import { Command } from 'commander'
import { publishChargeRule, type RuleOptions, ruleOf, withRuleOptions } from './charge-rule/publish-charge-rule.ts'
import { decimalOption } from '../../../cli/options.ts'

interface MarkupOptions extends RuleOptions {
  readonly percent: Decimal
  readonly provider?: string
  readonly model?: string
}

/** `tollgate charges publish-markup` */
export function publishMarkupCommand(): Command {
  return withRuleOptions(
    new Command('publish-markup')
      .description('Publishes a percentage that is added to what providers charge. The most specific match applies to a call.')
      .requiredOption('--percent <percent>', 'percentage to add; 20 adds a fifth', decimalOption)
      .option('--provider <provider>', 'only on the cost of this provider')
      .option('--model <model>', 'only on the cost of this model'),
  ).action((name: string, options: MarkupOptions) => {
    const { percent, provider, model } = options
    return publishChargeRule({ ...ruleOf(name, options), terms: { kind: 'markup', percent, provider, model } }, options)
  })
}

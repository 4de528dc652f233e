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
      .description('Publishes a percentage on top of what providers charge. Of those that match a call, the most specific counts.')
      .requiredOption('--percent <percent>', '20 is a fifth on top', decimalOption)
      .option('--provider <provider>', 'on what this provider charges only')
      .option('--model <model>', 'on what this model costs only'),
  ).action((name: string, options: MarkupOptions) => {
    const { percent, provider, model } = options
    return publishChargeRule({ ...ruleOf(name, options), terms: { kind: 'markup', percent, provider, model } }, options)
  })
}

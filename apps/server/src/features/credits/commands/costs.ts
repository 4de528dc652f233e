import type { CreditCost } from '@tollgate/credits'
import { Decimal, type Temporal } from '@tollgate/kernel'
import { Command } from 'commander'
import { decimalOption, instantOption } from '../../../cli/options.ts'
import { note, print } from '../../../cli/print.ts'
import { table } from '../../../cli/table.ts'
import { withTollgate } from '../../../cli/with-tollgate.ts'

/** `tollgate credits costs` */
export function costsCommand(): Command {
  return new Command('costs')
    .description('Lists what operations cost in credits.')
    .option('--at <time>', 'costs in effect at this time (default: now)', instantOption)
    .action(async ({ at }: { readonly at?: Temporal.Instant }) => {
      const costs = await withTollgate(({ credits }) => credits.costs(at))
      print(table([{ heading: 'operation' }, { heading: 'model' }, { heading: 'credits' }, { heading: 'from' }, { heading: 'to' }], costs.map(costCells)))
    })
}

function costCells({ operation, provider, model, rates, from, to }: CreditCost): string[] {
  const { perCall, perThousandTokens, perUsdOfCost, perUnit } = rates
  const parts = [
    ...(perCall === null ? [] : [`${perCall.toFixed()} per call`]),
    ...(perThousandTokens === null ? [] : describeTokens(perThousandTokens)),
    ...(perUsdOfCost === null ? [] : [`${perUsdOfCost.toFixed()} per USD of cost`]),
    ...(perUnit === null ? [] : [`${perUnit.toFixed()} per unit`]),
  ]
  const appliesTo = provider === null ? 'any' : `${provider} ${model ?? '(any)'}`
  return [operation, appliesTo, parts.join(', '), day(from), to === null ? '-' : day(to)]
}

function describeTokens(rates: NonNullable<CreditCost['rates']['perThousandTokens']>): string[] {
  if (Decimal.isDecimal(rates)) return [`${rates.toFixed()} per thousand tokens`]
  return Object.entries(rates).map(([pool, rate]) => `${rate.toFixed()} per thousand ${pool} tokens`)
}

function day(time: Temporal.Instant): string {
  return time.toString({ smallestUnit: 'second' })
}

interface SetCostOptions {
  readonly provider?: string
  readonly model?: string
  readonly perCall?: Decimal
  readonly perThousandTokens?: Decimal
  readonly perUsdOfCost?: Decimal
  readonly perUnit?: Decimal
  readonly from?: Temporal.Instant
  readonly to?: Temporal.Instant
}

/** `tollgate credits set-cost` */
export function setCostCommand(): Command {
  return new Command('set-cost')
    .description('Sets what an operation costs in credits from a time on. All rates are added up. Earlier debits do not change.')
    .argument('<operation>', 'the operation, as events name it')
    .option('--provider <provider>', 'only for this provider (default: any)')
    .option('--model <model>', 'only for this model; requires --provider (default: any)')
    .option('--per-call <credits>', 'credits per call', decimalOption)
    .option('--per-thousand-tokens <credits>', 'credits per thousand tokens of any pool', decimalOption)
    .option('--per-usd-of-cost <credits>', 'credits per USD that the provider charges', decimalOption)
    .option('--per-unit <credits>', 'credits per unit of the quantity', decimalOption)
    .option('--from <time>', 'when it takes effect (default: now)', instantOption)
    .option('--to <time>', 'when it ends, exclusive (default: no end)', instantOption)
    .action(async (operation: string, options: SetCostOptions) => {
      const cost = await withTollgate(({ credits }) => credits.setCost({ operation, ...options }))
      note(`Set the cost. It applies to usage from ${day(cost.from)} on.`)
      print(cost.id)
    })
}

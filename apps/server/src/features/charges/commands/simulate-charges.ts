import { resolve } from 'node:path'
import { type Decimal, period, round, type Temporal } from '@tollgate/kernel'
import { type Dimension, DIMENSIONS } from '@tollgate/usage'
import { Command, InvalidArgumentError, Option } from 'commander'
import type { ChargeFigures, ChargeScenario, ModelName, SimulatedFigures } from '@tollgate/charges'
import { decimalOption, instantOption } from '../../../cli/options.ts'
import { note, print } from '../../../cli/print.ts'
import { showProgress } from '../../../cli/progress.ts'
import { table } from '../../../cli/table.ts'
import { withTollgate } from '../../../cli/with-tollgate.ts'

interface SimulateOptions {
  readonly tenant: string
  readonly from: Temporal.Instant
  readonly to: Temporal.Instant
  readonly prices?: string
  readonly model: readonly { readonly from: ModelName; readonly to: ModelName }[]
  readonly plan?: string
  readonly markup?: Decimal
  readonly by?: Dimension
}

/** Higher than over GraphQL, because a person can interrupt a command. */
const MAX_EVENTS = 100_000_000

/** `tollgate prices simulate` */
export function simulateChargesCommand(): Command {
  return new Command('simulate')
    .description("Simulates what a tenant's past usage would have cost and been charged with other prices, models or markups. Stores nothing.")
    .requiredOption('--tenant <id>', 'tenant to simulate')
    .requiredOption('--from <time>', 'start of the range', instantOption)
    .requiredOption('--to <time>', 'end of the range, exclusive', instantOption)
    .option('--prices <file>', 'use the prices of a JSON or CSV file, in the format of prices import')
    .option('--model <used=instead>', 'replace a model, such as openai/gpt-5=openai/gpt-5-mini; can be repeated', modelOption, [])
    .option('--plan <plan>', 'use another plan')
    .option('--markup <percent>', 'use this markup on all costs', decimalOption)
    .addOption(new Option('--by <dimension>', 'dimension to break the result down by').choices(DIMENSIONS))
    .action(simulate)
}

async function simulate({ tenant, from, to, prices, model, plan, markup, by }: SimulateOptions): Promise<void> {
  const simulation = await withTollgate(async ({ charges, accounts }, { workingDirectory }) => {
    await accounts.requireTenant(tenant)
    const { readPriceFile } = await import('../../prices/commands/price-file/read-price-file.ts')
    const scenario: ChargeScenario = {
      ...(prices !== undefined && { prices: await readPriceFile(resolve(workingDirectory, prices)) }),
      models: model,
      ...(plan !== undefined && { plan }),
      ...(markup !== undefined && { markups: [{ percent: markup }] }),
    }
    using progress = showProgress('Rating', 'events')
    const onProgress = (read: number, total: number) => progress.update(read, Math.max(read, total))
    return await charges.simulate({
      tenantId: tenant,
      range: period(from, to),
      scenario,
      by: by === undefined ? [] : [by],
      maxEvents: MAX_EVENTS,
      onProgress,
    })
  })
  const rows = simulation.groups.map(({ key, ...figures }) => row(key[0]?.value ?? '-', figures))
  const columns = ['calls', 'unpriced', 'cost', 'charge', 'new unpriced', 'new cost', 'new charge', 'difference']
  print(table([{ heading: by ?? '' }, ...columns.map(heading => ({ heading, align: 'end' as const }))], [...rows, row('total', simulation.total)]))
  note(
    `Amounts are in USD. ${simulation.method === 'events' ? 'Every event was rated again.' : 'Based on sums, because costs do not change.'} Nothing was stored.`,
  )
}

function row(name: string, { current, simulated, chargeDifference }: SimulatedFigures): string[] {
  const figures = ({ unpricedCalls, cost, charge }: ChargeFigures) => [unpricedCalls.toLocaleString('en'), amount(cost), amount(charge)]
  return [name, current.calls.toLocaleString('en'), ...figures(current), ...figures(simulated), amount(chargeDifference)]
}

/** Shares have up to 36 decimal places, too many to read. */
function amount(value: Decimal | null): string {
  return value === null ? 'unknown' : round(value, { scale: 8, mode: 'half-even' }).toFixed()
}

function modelOption(text: string, earlier: SimulateOptions['model']): SimulateOptions['model'] {
  const [from, to, ...others] = text.split('=').map(nameOf)
  if (from === undefined || to === undefined || others.length > 0)
    throw new InvalidArgumentError('It must be two models, such as openai/gpt-5=openai/gpt-5-mini.')
  return [...earlier, { from, to }]
}

function nameOf(text: string): ModelName | undefined {
  const [, provider, model] = /^([^/]+)\/(.+)$/.exec(text) ?? []
  return provider === undefined || model === undefined ? undefined : { provider, model }
}

import { Command, Option, InvalidArgumentError } from 'commander'
import { type Decimal, parseDecimal, type Temporal } from '@tollgate/kernel'
import {
  QUOTA_DIMENSIONS,
  QUOTA_METRICS,
  QUOTA_WINDOWS,
  type FailureMode,
  type QuotaDimension,
  type QuotaEnforcement,
  type QuotaMetric,
  type QuotaWindow,
} from '@tollgate/quotas'
import { decimalOption, instantOption } from '../../../cli/options.ts'
import { note, print } from '../../../cli/print.ts'
import { policyTable } from './quota-plan/policy-table.ts'
import { setterName } from '../../../cli/setter-name.ts'
import { withTollgate } from '../../../cli/with-tollgate.ts'

interface SlotOptions {
  readonly operation?: string
  readonly sliding?: true
  readonly scope?: readonly QuotaDimension[]
}

interface TermOptions extends SlotOptions {
  readonly enforcement?: QuotaEnforcement
  readonly gracePercent?: Decimal
  readonly graceAmount?: Decimal
  readonly alertAt?: readonly Decimal[]
  readonly largestHold?: Decimal
  readonly unknownAmount?: FailureMode
  readonly storeFailure?: FailureMode
  readonly lease?: true
  readonly from?: Temporal.Instant
  readonly to?: Temporal.Instant
}

/** `tollgate quotas set` */
export function setQuotaCommand(): Command {
  return withSlot(new Command('set').description("Sets a limit for one tenant, in place of its plan's or beside them. Holds at once, on every server."))
    .argument('<limit>', 'in units of the metric (USD for cost), or unlimited', limitArgument)
    .addOption(new Option('--enforcement <how>', 'what happens at the limit; hard, where left out').choices(['hard', 'soft', 'grace']))
    .option('--grace-percent <percent>', 'for grace: how far over the limit, in percent of it', decimalOption)
    .addOption(
      new Option('--grace-amount <amount>', 'for grace: how far over the limit, in units of the metric').argParser(decimalOption).conflicts('gracePercent'),
    )
    .option('--alert-at <percent>', 'of the limit; may be repeated; 50, 80 and 100, where left out', manyDecimals)
    .option('--largest-hold <amount>', 'the most that one reservation may hold', decimalOption)
    .addOption(new Option('--unknown-amount <answer>', 'to a request whose cost is not known').choices(['allow', 'deny']))
    .addOption(new Option('--store-failure <answer>', 'while the database does not answer').choices(['allow', 'deny']))
    .option('--lease', 'servers take headroom ahead, in chunks: for limits that are asked of thousands of times a second')
    .option('--from <time>', 'from when it holds; at once, where left out', instantOption)
    .option('--to <time>', 'when it ends to hold, not included', instantOption)
    .action(setQuota)
}

/** `tollgate quotas clear` */
export function clearQuotaCommand(): Command {
  return withSlot(new Command('clear').description("Takes back what was set: the plan's limit holds again, or none does.")).action(clearQuota)
}

function withSlot(command: Command): Command {
  return command
    .argument('<tenant>', 'its id')
    .addArgument(command.createArgument('<metric>', 'what is limited').choices(QUOTA_METRICS))
    .addArgument(command.createArgument('<window>', 'over how long it counts').choices(QUOTA_WINDOWS))
    .option('--operation <name>', 'only what this operation does')
    .option('--sliding', 'the last minute, hour, day or week at any moment, in place of those of the calendar')
    .addOption(new Option('--scope <dimension...>', 'for each combination of their values by itself').choices(QUOTA_DIMENSIONS))
}

// commander hands arguments on by position.
// oxlint-disable-next-line max-params
async function setQuota(tenantId: string, metric: QuotaMetric, window: QuotaWindow, limit: Decimal | null, options: TermOptions): Promise<void> {
  const { gracePercent, graceAmount, from: validFrom, to: validTo, ...terms } = options
  const grace = gracePercent ? { percent: gracePercent } : graceAmount ? { amount: graceAmount } : null
  const { policy } = await withTollgate(async ({ accounts, quotas }) => {
    await accounts.requireTenant(tenantId)
    return quotas.setQuota({ tenantId, metric, window, limit, grace, validFrom, validTo, ...terms, setBy: setterName() })
  })
  note(`It holds for ${tenantId} from ${validFrom?.toString() ?? 'now'} ${validTo === undefined ? 'on' : `to ${validTo.toString()}`}.`)
  if (policy) print(policyTable([policy]))
}

async function clearQuota(tenantId: string, metric: QuotaMetric, window: QuotaWindow, options: SlotOptions): Promise<void> {
  const { limitKey } = await withTollgate(async ({ accounts, quotas }) => {
    await accounts.requireTenant(tenantId)
    return quotas.clearQuota({ tenantId, metric, window, ...options, setBy: setterName() })
  })
  note(`For ${tenantId}, what its plan says of ${limitKey} holds again.`)
}

function limitArgument(text: string): Decimal | null {
  if (text === 'unlimited') return null
  const limit = parseDecimal(text)
  if (limit === undefined) throw new InvalidArgumentError('It must be a plain decimal number, such as 50000, or "unlimited".')
  return limit
}

function manyDecimals(text: string, before: readonly Decimal[] = []): readonly Decimal[] {
  return [...before, decimalOption(text)]
}

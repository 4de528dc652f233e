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
import { policyTable } from './policy-table.ts'
import { operatorName } from '../../../cli/operator-name.ts'
import { withTollgate } from '../../../cli/with-tollgate.ts'

interface LimitKeyOptions {
  readonly operation?: string
  readonly sliding?: true
  readonly scope?: readonly QuotaDimension[]
}

interface PolicyOptions extends LimitKeyOptions {
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
  return withLimitKey(
    new Command('set').description("Sets a limit for one tenant. It replaces the plan's limit, if any, and applies at once, on every server."),
  )
    .argument('<limit>', 'limit in units of the metric (USD for cost), or "unlimited"', limitArgument)
    .addOption(new Option('--enforcement <how>', 'what happens at the limit (default: hard)').choices(['hard', 'soft', 'grace']))
    .option('--grace-percent <percent>', 'with grace: how far usage may go over the limit, in percent of it', decimalOption)
    .addOption(
      new Option('--grace-amount <amount>', 'with grace: how far usage may go over the limit, in units of the metric')
        .argParser(decimalOption)
        .conflicts('gracePercent'),
    )
    .option('--alert-at <percent>', 'alert threshold in percent of the limit; can be repeated (default: 50, 80 and 100)', manyDecimals)
    .option('--largest-hold <amount>', 'the most that one reservation may hold (default: no maximum)', decimalOption)
    .addOption(new Option('--unknown-amount <answer>', 'what happens to a request whose amount is unknown').choices(['allow', 'deny']))
    .addOption(new Option('--store-failure <answer>', 'what happens to requests while the database does not answer').choices(['allow', 'deny']))
    .option('--lease', 'let servers take parts of the limit in advance, for limits that are checked thousands of times a second')
    .option('--from <time>', 'when the limit starts to apply (default: now)', instantOption)
    .option('--to <time>', 'when the limit ends, exclusive (default: never)', instantOption)
    .action(setQuota)
}

/** `tollgate quotas clear` */
export function clearQuotaCommand(): Command {
  return withLimitKey(new Command('clear').description("Removes the override; the plan's limit, if any, applies again.")).action(clearQuota)
}

function withLimitKey(command: Command): Command {
  return command
    .argument('<tenant>', 'id of the tenant')
    .addArgument(command.createArgument('<metric>', 'metric to limit').choices(QUOTA_METRICS))
    .addArgument(command.createArgument('<window>', 'period to count usage over').choices(QUOTA_WINDOWS))
    .option('--operation <name>', 'operation to limit (default: all operations)')
    .option('--sliding', 'count a sliding window: always the last minute, hour, day or week, instead of a calendar window')
    .addOption(new Option('--scope <dimension...>', 'give each combination of values of these dimensions its own limit').choices(QUOTA_DIMENSIONS))
}

// commander passes arguments by position.
// oxlint-disable-next-line max-params
async function setQuota(tenantId: string, metric: QuotaMetric, window: QuotaWindow, limit: Decimal | null, options: PolicyOptions): Promise<void> {
  const { gracePercent, graceAmount, from: validFrom, to: validTo, ...terms } = options
  const grace = gracePercent ? { percent: gracePercent } : graceAmount ? { amount: graceAmount } : null
  const { policy } = await withTollgate(async ({ accounts, quotas }) => {
    await accounts.requireTenant(tenantId)
    return quotas.setQuota({ tenantId, metric, window, limit, grace, validFrom, validTo, ...terms, setBy: operatorName() })
  })
  note(`The limit applies to ${tenantId} from ${validFrom?.toString() ?? 'now'} ${validTo === undefined ? 'on' : `to ${validTo.toString()}`}.`)
  if (policy) print(policyTable([policy]))
}

async function clearQuota(tenantId: string, metric: QuotaMetric, window: QuotaWindow, options: LimitKeyOptions): Promise<void> {
  const { limitKey } = await withTollgate(async ({ accounts, quotas }) => {
    await accounts.requireTenant(tenantId)
    return quotas.clearQuota({ tenantId, metric, window, ...options, setBy: operatorName() })
  })
  note(`Removed the override ${limitKey} of ${tenantId}. The plan's limit, if any, applies again.`)
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

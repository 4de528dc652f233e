import { type Alert, ALERT_KINDS, ALERT_SCOPES, type AlertEvent, type AlertKind, type AlertRule, type AlertRuleChange, type AlertScope } from '@tollgate/alerts'
import { OPERATOR_SCOPE, type Decimal, tenantScope } from '@tollgate/kernel'
import { Argument, Command, Option } from 'commander'
import { everyPage } from '../../../cli/every-page.ts'
import { CommandFailed } from '../../../cli/command-failed.ts'
import { decimalOption, wholeNumberOption } from '../../../cli/options.ts'
import { note, print } from '../../../cli/print.ts'
import { table } from '../../../cli/table.ts'
import { withTollgate } from '../../../cli/with-tollgate.ts'

interface SetOptions {
  readonly scope?: AlertScope
  readonly tenant?: string
  readonly clear?: true
  readonly on?: true
  readonly off?: true
  readonly threshold?: Decimal
  readonly recoverRatio?: Decimal
  readonly window?: number
  readonly minimumCalls?: number
  readonly raiseAfter?: number
  readonly recoverAfter?: number
}

/** `tollgate alerts` */
export function alertsCommand(): Command {
  return new Command('alerts')
    .description('Alerts on latency, errors, cost, quotas and rollups, and the rules that raise them.')
    .addCommand(
      new Command('list')
        .description('Lists raised alerts, newest first.')
        .option('--tenant <id>', 'only alerts of this tenant')
        .option('--all', 'also alerts that have recovered', false)
        .action(listAlerts),
    )
    .addCommand(new Command('rules').description('Lists the rules that raise alerts.').action(listRules))
    .addCommand(
      new Command('set')
        .description('Changes a rule from its next evaluation on. Omitted options stay as they are.')
        .addArgument(new Argument('<kind>', 'kind of the rule').choices(ALERT_KINDS))
        .addOption(
          new Option('--scope <scope>', 'each tenant on its own, or all tenants together (default: TENANT, if the kind has such a rule)').choices(ALERT_SCOPES),
        )
        .addOption(
          new Option('--tenant <id>', 'set the threshold of this tenant only').conflicts([
            'scope',
            'on',
            'off',
            'recoverRatio',
            'window',
            'minimumCalls',
            'raiseAfter',
            'recoverAfter',
          ]),
        )
        .addOption(new Option('--clear', "remove the tenant's threshold, so that the rule's applies").conflicts('threshold'))
        .addOption(new Option('--on', 'enable the rule').conflicts('off'))
        .option('--off', 'disable the rule; its alerts recover')
        .option(
          '--threshold <value>',
          'value above which an alert is raised: milliseconds, a fraction of calls (0.05 is 5 %), a multiple of the average, or a count',
          decimalOption,
        )
        .option('--recover-ratio <ratio>', 'an alert recovers at or below this fraction of the threshold', decimalOption)
        .option('--window <minutes>', 'length of the window that an evaluation looks at', wholeNumberOption(1, 10_080))
        .option('--minimum-calls <calls>', 'fewer calls in the window raise no alert', wholeNumberOption(1, 1_000_000))
        .option('--raise-after <evaluations>', 'consecutive evaluations above the threshold that raise an alert', wholeNumberOption(1, 1_000))
        .option(
          '--recover-after <evaluations>',
          'consecutive evaluations at or below the recovery level after which an alert recovers',
          wholeNumberOption(1, 1_000),
        )
        .action(setRule),
    )
    .addCommand(
      new Command('evaluate')
        .description('Evaluates the rules that are due, as a server does every minute, and prints what was raised and what recovered.')
        .option('--verify', 'also verify rollups, if that is due', false)
        .action(evaluate),
    )
}

async function listAlerts({ tenant, all }: { tenant?: string; all: boolean }): Promise<void> {
  const scope = tenant === undefined ? OPERATOR_SCOPE : tenantScope(tenant)
  const found = await withTollgate(async ({ alerts, accounts }) => {
    if (tenant !== undefined) await accounts.requireTenant(tenant)
    return everyPage((after: Alert | undefined) => alerts.alerts(scope, { state: all ? undefined : 'RAISED', first: 100, after: after?.id }))
  })
  if (found.length === 0) return note(all ? 'There are no alerts.' : 'No alert is raised.')
  const columns = ['kind', 'tenant', 'raised', 'recovered'].map(heading => ({ heading }))
  const numbers = ['value', 'threshold'].map(heading => ({ heading, align: 'end' as const }))
  const rows = found.map(({ kind, tenantId, raisedAt, recoveredAt, value, threshold, message }) => [
    kind,
    tenantId ?? '(all)',
    ...[raisedAt, recoveredAt].map(instant => instant?.toString({ smallestUnit: 'minute' }) ?? '-'),
    value.toFixed(),
    threshold.toFixed(),
    message,
  ])
  print(table([...columns, ...numbers, { heading: 'message' }], rows))
}

async function listRules(): Promise<void> {
  showRules(await withTollgate(({ alerts }) => alerts.rules()))
}

function showRules(rules: readonly AlertRule[]): void {
  const texts = ['kind', 'scope', 'enabled'].map(heading => ({ heading }))
  const numbers = ['threshold', 'recovers at', 'minutes', 'min. calls', 'raise after', 'recover after'].map(heading => ({ heading, align: 'end' as const }))
  const rows = rules.map(rule => [
    rule.kind,
    rule.scope,
    rule.enabled ? 'yes' : 'no',
    rule.threshold.toFixed(),
    rule.threshold.times(rule.recoverRatio).toFixed(),
    ...[rule.windowMinutes, rule.minimumCalls ?? '-', rule.raiseAfter, rule.recoverAfter].map(String),
    rule.tenantThresholds.map(({ tenantId, threshold }) => `${tenantId} ${threshold.toFixed()}`).join(', '),
  ])
  print(table([...texts, ...numbers, { heading: 'tenant thresholds' }], rows))
}

async function setRule(kind: AlertKind, { scope, tenant, clear, on, off, window, ...numbers }: SetOptions): Promise<void> {
  const rule = await withTollgate(async ({ alerts, accounts }) => {
    if (tenant === undefined) {
      const change: AlertRuleChange = { ...numbers, windowMinutes: window, enabled: on ?? (off && false) }
      return alerts.setRule({ kind, scope: scope ?? (kind === 'VERIFICATION_FAILED' ? 'INSTALLATION' : 'TENANT') }, change)
    }
    if (numbers.threshold === undefined && clear === undefined) return undefined
    await accounts.requireTenant(tenant)
    return alerts.setTenantThreshold({ kind, tenantId: tenant, threshold: numbers.threshold ?? null })
  })
  if (rule !== undefined) return showRules([rule])
  note('--tenant needs --threshold to set the threshold of the tenant, or --clear to remove it.')
  throw new CommandFailed()
}

async function evaluate({ verify }: { verify: boolean }): Promise<void> {
  const events = await withTollgate(async ({ alerts }): Promise<readonly AlertEvent[]> => {
    const verified = verify ? await alerts.verify() : []
    return [...verified, ...(await alerts.evaluate())]
  })
  if (events.length === 0) return note('No alert was raised, and none recovered.')
  print(
    table(
      ['event', 'kind', 'message'].map(heading => ({ heading })),
      events.map(({ type, kind, message }) => [type, kind, message]),
    ),
  )
}

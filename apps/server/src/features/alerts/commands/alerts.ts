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
    .description('What is too much now: latency, errors, cost, quotas, sums that are wrong; and when that is told.')
    .addCommand(
      new Command('list')
        .description('Shows the alerts that are raised, the last first.')
        .option('--tenant <id>', 'of one tenant')
        .option('--all', 'also those that have recovered', false)
        .action(listAlerts),
    )
    .addCommand(new Command('rules').description('Shows when alerts are raised.').action(listRules))
    .addCommand(
      new Command('set')
        .description('Changes when alerts of a kind are raised, from the next evaluation on. What is left out stays.')
        .addArgument(new Argument('<kind>', 'as alerts rules shows it').choices(ALERT_KINDS))
        .addOption(new Option('--scope <scope>', 'each tenant for itself, or all as one').choices(ALERT_SCOPES))
        .addOption(
          new Option('--tenant <id>', 'only the threshold, and only for this tenant').conflicts([
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
        .addOption(new Option('--clear', "the tenant has the rule's threshold again").conflicts('threshold'))
        .addOption(new Option('--on', 'evaluate it').conflicts('off'))
        .option('--off', 'do not evaluate it; its alerts recover')
        .option('--threshold <value>', 'above it is too much: ms, a part of the calls (5 % is 0.05), times the average, or how many', decimalOption)
        .option('--recover-ratio <ratio>', 'at or below this part of the threshold is calm', decimalOption)
        .option('--window <minutes>', 'how far back an evaluation looks', wholeNumberOption(1, 10_080))
        .option('--minimum-calls <calls>', 'fewer raise nothing', wholeNumberOption(1, 1_000_000))
        .option('--raise-after <evaluations>', 'in a row, above the threshold', wholeNumberOption(1, 1_000))
        .option('--recover-after <evaluations>', 'in a row, calm', wholeNumberOption(1, 1_000))
        .action(setRule),
    )
    .addCommand(
      new Command('evaluate')
        .description('Evaluates what is due now, as a server does each minute, and shows what was raised and what recovered.')
        .option('--verify', 'also hold rollups against events, where that is due', false)
        .action(evaluate),
    )
}

async function listAlerts({ tenant, all }: { tenant?: string; all: boolean }): Promise<void> {
  const scope = tenant === undefined ? OPERATOR_SCOPE : tenantScope(tenant)
  const found = await withTollgate(async ({ alerts, accounts }) => {
    if (tenant !== undefined) await accounts.requireTenant(tenant)
    return everyPage((after: Alert | undefined) => alerts.alerts(scope, { state: all ? undefined : 'RAISED', first: 100, after: after?.id }))
  })
  if (found.length === 0) return note(all ? 'No alert was raised yet.' : 'No alert is raised.')
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
  print(table([...columns, ...numbers, { heading: 'why' }], rows))
}

async function listRules(): Promise<void> {
  showRules(await withTollgate(({ alerts }) => alerts.rules()))
}

function showRules(rules: readonly AlertRule[]): void {
  const texts = ['kind', 'scope', 'on'].map(heading => ({ heading }))
  const numbers = ['threshold', 'calm at', 'minutes', 'min. calls', 'raise after', 'recover after'].map(heading => ({ heading, align: 'end' as const }))
  const rows = rules.map(rule => [
    rule.kind,
    rule.scope,
    rule.enabled ? 'yes' : 'no',
    rule.threshold.toFixed(),
    rule.threshold.times(rule.recoverRatio).toFixed(),
    ...[rule.windowMinutes, rule.minimumCalls ?? '-', rule.raiseAfter, rule.recoverAfter].map(String),
    rule.tenantThresholds.map(({ tenantId, threshold }) => `${tenantId} ${threshold.toFixed()}`).join(', '),
  ])
  print(table([...texts, ...numbers, { heading: 'tenants of their own' }], rows))
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
  note('Name the threshold of the tenant with --threshold, or take it back with --clear.')
  throw new CommandFailed()
}

async function evaluate({ verify }: { verify: boolean }): Promise<void> {
  const events = await withTollgate(async ({ alerts }): Promise<readonly AlertEvent[]> => {
    const verified = verify ? await alerts.verify() : []
    return [...verified, ...(await alerts.evaluate())]
  })
  if (events.length === 0) return note('Nothing was raised, and nothing recovered.')
  print(
    table(
      ['what', 'kind', 'why'].map(heading => ({ heading })),
      events.map(({ type, kind, message }) => [type, kind, message]),
    ),
  )
}

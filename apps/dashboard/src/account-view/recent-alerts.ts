import { limitName } from '../pages/quotas/quota-name.ts'
import { formatDecimal, wordOf } from '../ui/format.ts'
import type { AccountAlertsQuery } from './account.operations.ts'

type QuotaAlert = NonNullable<AccountAlertsQuery['quotaAlerts']>['nodes'][number]
type CreditAlert = NonNullable<AccountAlertsQuery['creditAlertHistory']>['nodes'][number]

/** Something that an account was alerted of. */
export interface AccountAlert {
  readonly id: string
  readonly kind: string
  readonly text: string
  /** Whether nothing is left: of a quota, or of credits. */
  readonly isOver: boolean
  readonly at: string
}

const MAX_SHOWN = 8

/** Returns the alerts of quotas and of credits together, the latest first. They name whose they are, unless all are of one customer. */
export function recentAlerts({ quotaAlerts, creditAlertHistory }: AccountAlertsQuery, customerId: string | null): readonly AccountAlert[] {
  const ofOther = (name: string) => (name === customerId ? '' : ` of ${name}`)
  const alerts = [
    ...highest(quotaAlerts?.nodes ?? []).map(alert => ofQuota(alert, ofOther)),
    ...(creditAlertHistory?.nodes ?? []).map(alert => ofCredits(alert, ofOther)),
  ]
  return alerts.toSorted((one, other) => Date.parse(other.at) - Date.parse(one.at)).slice(0, MAX_SHOWN)
}

/** Returns the alerts without those of lower thresholds that the same usage reached. The API lists the highest first. */
function highest(alerts: readonly QuotaAlert[]): readonly QuotaAlert[] {
  const keyOf = ({ metric, operation, window, sliding, scopeValue, occurredAt }: QuotaAlert) =>
    JSON.stringify([metric, operation, window, sliding, scopeValue, occurredAt])
  return [...Map.groupBy(alerts, keyOf).values()].flatMap(([first]) => (first === undefined ? [] : [first]))
}

function ofQuota({ id, threshold, used, limit, scopeValue, occurredAt, ...quota }: QuotaAlert, ofOther: (name: string) => string): AccountAlert {
  const whose = scopeValue.length === 0 ? '' : ofOther(scopeValue.map(value => value ?? 'none').join(', '))
  const text = `${limitName({ ...quota, scope: [] })}${whose}: ${formatDecimal(threshold)} % used, ${formatDecimal(used)} of ${formatDecimal(limit)}.`
  return { id, kind: 'quota', text, isOver: Number(threshold) >= 100, at: occurredAt }
}

function ofCredits({ id, kind, customerId, occurredAt, ...alert }: CreditAlert, ofOther: (name: string) => string): AccountAlert {
  const text = `Wallet${customerId === null ? '' : ofOther(customerId)}: ${textOf(kind, alert)}.`
  return { id, kind: wordOf(kind), text, isOver: kind === 'EXHAUSTED' || kind === 'TOP_UP_FAILED', at: occurredAt }
}

type Amounts = Pick<CreditAlert, 'balance' | 'daysLeft' | 'expiring' | 'topUpAmount' | 'reason'>

function textOf(kind: CreditAlert['kind'], { balance, daysLeft, expiring, topUpAmount, reason }: Amounts): string {
  switch (kind) {
    case 'LOW_BALANCE':
      return daysLeft === null ? `${formatDecimal(balance)} credits left` : `${formatDecimal(balance)} credits left, for ${formatDecimal(daysLeft)} days`
    case 'EXHAUSTED':
      return `no credits left, the balance is ${formatDecimal(balance)}`
    case 'EXPIRING_SOON':
      return `${formatDecimal(expiring)} credits expire soon`
    case 'TOP_UP_REQUESTED':
      return `a top-up of ${formatDecimal(topUpAmount)} credits was requested`
    case 'TOP_UP_FAILED':
      return `a top-up of ${formatDecimal(topUpAmount)} credits has failed${reason === null ? '' : `: ${reason}`}`
  }
}

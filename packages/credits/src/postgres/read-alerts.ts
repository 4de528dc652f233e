import { Decimal, OPERATOR_SCOPE, type Page, Temporal, toPage } from '@tollgate/kernel'
import { decimalOrNull, pageInScope, instantOrNull, type PostgresDatabase, statementValues } from '@tollgate/postgres'
import type { AlertsQuery } from '../credit-store.ts'
import type { CreditAlert, CreditAlertKind } from '../model/alert.ts'
import { numberAlerts } from './number-alerts.ts'

/** A row of `credits.alerts`. */
export interface AlertRow {
  readonly cursor: string
  readonly tenant_id: string
  readonly wallet_id: string
  readonly customer_id: string | null
  readonly kind: CreditAlertKind
  readonly threshold: string | null
  readonly balance: string
  readonly days_left: string | null
  readonly grant_id: string | null
  readonly expires_at: string | null
  readonly expiring: string | null
  readonly top_up_id: string | null
  readonly top_up_amount: string | null
  readonly reason: string | null
  readonly occurred_at: string
}

/** The select list of an `AlertRow`. */
export const SELECT_ALERT =
  'position::text as cursor, tenant_id, wallet_id, customer_id, kind, threshold, balance, days_left, grant_id, expires_at, expiring, top_up_id, top_up_amount, reason, occurred_at'

/** Lists alerts, after numbering those that are new. */
export async function listAlerts(database: PostgresDatabase, query: AlertsQuery): Promise<Page<CreditAlert>> {
  await numberAlerts(database)
  const { scope, customerId, first, after } = query
  const isForward = query.order === 'oldest_first'
  const statement = statementValues()
  const { condition, order } = pageInScope(scope, statement, isForward ? 'position asc' : 'position desc')
  const conditions = ['position is not null', condition]
  if (scope.kind === 'tenants') {
    const customer = scope.customerId ?? customerId
    if (customer !== undefined) conditions.push(customer === null ? 'customer_id is null' : `customer_id = ${statement.add(customer)}`)
  }
  if (after !== undefined) conditions.push(`position ${isForward ? '>' : '<'} ${statement.add(after)}::bigint`)
  // Uses alerts_by_position, alerts_of_tenants or alerts_of_customers.
  const text = `select ${SELECT_ALERT} from credits.alerts where ${conditions.join(' and ')}
    order by ${order} limit ${statement.add(first + 1)}`
  return toPage((await database.query<AlertRow>(scope, text, statement.values)).map(alertOf), first)
}

/** Returns the cursor of the last alert, after numbering those that are new; "0" if there is none. */
export async function readLastAlertCursor(database: PostgresDatabase): Promise<string> {
  await numberAlerts(database)
  const [row] = await database.query<{ last: string }>(OPERATOR_SCOPE, 'select last::text from credits.alert_position')
  return row?.last ?? '0'
}

/** Reads an alert from its row. */
export function alertOf(row: AlertRow): CreditAlert {
  return {
    cursor: row.cursor,
    tenantId: row.tenant_id,
    walletId: row.wallet_id,
    customerId: row.customer_id,
    kind: row.kind,
    threshold: decimalOrNull(row.threshold),
    balance: new Decimal(row.balance),
    daysLeft: decimalOrNull(row.days_left),
    grantId: row.grant_id,
    expiresAt: instantOrNull(row.expires_at),
    expiring: decimalOrNull(row.expiring),
    topUpId: row.top_up_id,
    topUpAmount: decimalOrNull(row.top_up_amount),
    reason: row.reason,
    occurredAt: Temporal.Instant.from(row.occurred_at),
  }
}

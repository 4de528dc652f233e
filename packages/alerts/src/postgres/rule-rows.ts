import { Decimal, OPERATOR_SCOPE, Temporal } from '@tollgate/kernel'
import { defineColumns, type PostgresDatabase, type PostgresTransaction } from '@tollgate/postgres'
import type { AlertKind, AlertScope } from '../model/alert-kind.ts'
import type { AlertRule, AlertRuleRef, TenantThreshold } from '../model/alert-rule.ts'
import type { StoredAlertRule } from '../alert-store.ts'

interface RuleRow {
  kind: AlertKind
  scope: AlertScope
  enabled: boolean
  threshold: string
  recover_ratio: string
  window_minutes: number
  minimum_calls: number | null
  raise_after: number
  recover_after: number
  revision: string
  changed_at: string | null
  evaluated_at: string | null
  pending_since: string | null
  tenant_thresholds: string
}

const SELECT = `
  select kind, scope, enabled, threshold, recover_ratio, window_minutes, minimum_calls, raise_after, recover_after,
    revision::text as revision, changed_at, evaluated_at, pending_since,
    case when scope = 'INSTALLATION' then '[]' else coalesce((
      select json_agg(json_build_array(tenant_id, own.threshold::text) order by tenant_id collate "C")
      from alerts.tenant_thresholds as own where own.kind = rules.kind
    ), '[]')::text end as tenant_thresholds
  from alerts.rules as rules`

/** Reads every rule: kinds in the order given, each tenant's rule before the installation's. */
export async function selectRules(database: PostgresDatabase, kinds: readonly AlertKind[]): Promise<readonly StoredAlertRule[]> {
  const rows = await database.query<RuleRow>(OPERATOR_SCOPE, `${SELECT} order by array_position($1::text[], kind), scope desc`, [kinds])
  return rows.map(toRule)
}

/** Locks a rule until the transaction ends, and reads it. Returns undefined if there is none. */
export async function lockRule(transaction: PostgresTransaction, { kind, scope }: AlertRuleRef): Promise<StoredAlertRule | undefined> {
  // Two statements: one that waits for a lock would read the other tables as they were before it waited.
  await transaction.query('select from alerts.rules where kind = $1 and scope = $2 for update', [kind, scope])
  const [row] = await transaction.query<RuleRow>(`${SELECT} where kind = $1 and scope = $2`, [kind, scope])
  return row && toRule(row)
}

const UPDATE_RULE = `
  update alerts.rules
  set enabled = $3, threshold = $4, recover_ratio = $5, window_minutes = $6, minimum_calls = $7, raise_after = $8, recover_after = $9,
    changed_at = $10, revision = revision + 1, pending_since = case when $3 then pending_since end
  where kind = $1 and scope = $2`

const THRESHOLD = defineColumns<TenantThreshold>(column => [
  column('tenant_id', 'text', ({ tenantId }) => tenantId),
  column('threshold', 'numeric', ({ threshold }) => threshold),
])

const REPLACE_THRESHOLDS = `
  with own as (
    select ${THRESHOLD.names} from ${THRESHOLD.unnestAs('own', 2)}
  ), dropped as (
    delete from alerts.tenant_thresholds where kind = $1 and tenant_id not in (select tenant_id from own)
  )
  insert into alerts.tenant_thresholds (kind, tenant_id, threshold)
  select $1, tenant_id, threshold from own
  on conflict (kind, tenant_id) do update set threshold = excluded.threshold`

/** Writes a rule. It is locked. */
export async function updateRule(transaction: PostgresTransaction, rule: AlertRule, at: Temporal.Instant): Promise<void> {
  const { kind, scope, enabled, threshold, recoverRatio, windowMinutes, minimumCalls, raiseAfter, recoverAfter, tenantThresholds } = rule
  const settings = [threshold.toFixed(), recoverRatio.toFixed(), windowMinutes, minimumCalls, raiseAfter, recoverAfter]
  await transaction.query(UPDATE_RULE, [kind, scope, enabled, ...settings, at.toString()])
  if (scope === 'TENANT') await transaction.query(REPLACE_THRESHOLDS, [kind, ...THRESHOLD.values(tenantThresholds)])
}

function toRule(row: RuleRow): StoredAlertRule {
  return {
    kind: row.kind,
    scope: row.scope,
    enabled: row.enabled,
    threshold: new Decimal(row.threshold),
    recoverRatio: new Decimal(row.recover_ratio),
    windowMinutes: row.window_minutes,
    minimumCalls: row.minimum_calls,
    raiseAfter: row.raise_after,
    recoverAfter: row.recover_after,
    tenantThresholds: (JSON.parse(row.tenant_thresholds) as [string, string][]).map(([tenantId, threshold]) => ({
      tenantId,
      threshold: new Decimal(threshold),
    })),
    changedAt: instantOrNull(row.changed_at),
    evaluatedAt: instantOrNull(row.evaluated_at),
    revision: row.revision,
    pendingSince: instantOrNull(row.pending_since),
  }
}

function instantOrNull(text: string | null): Temporal.Instant | null {
  return text === null ? null : Temporal.Instant.from(text)
}

import type { PostgresDatabase } from '@tollgate/postgres'
import { Forbidden, OPERATOR_SCOPE, Temporal } from '@tollgate/kernel'
import type { ChargeRule, ChargeRuleKind, ChargeRuleTerms } from '../model/rules/charge-rule.ts'
import type { ChargeRuleStore } from '../charge-rule-store.ts'

interface ChargeRuleRow {
  readonly id: string
  readonly kind: ChargeRuleKind
  readonly name: string
  readonly version: number
  readonly tenant_id: string | null
  readonly plan: string | null
  readonly effective_from: string
  readonly effective_to: string | null
  readonly terms: ChargeRuleTerms | null
  readonly published_at: string
}

const COLUMNS = 'id, kind, name, version, tenant_id, plan, effective_from, effective_to, terms, published_at'

const EVERY_RULE = `select ${COLUMNS} from pricing.charge_rules order by sequence`

// A trigger assigns the version.
const NEW_RULE = `
  insert into pricing.charge_rules (id, kind, name, tenant_id, plan, effective_from, effective_to, terms, published_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8::jsonb, $9)
  returning ${COLUMNS}`

/** Keeps charge rules in PostgreSQL, in the schema `pricing`. */
export function postgresChargeRuleStore({ database }: { database: PostgresDatabase }): ChargeRuleStore {
  return {
    async version() {
      const [row] = await database.query<{ version: string }>(OPERATOR_SCOPE, 'select version::text from pricing.charge_rules_version')
      return row?.version ?? '0'
    },

    all: async () => (await database.query<ChargeRuleRow>(OPERATOR_SCOPE, EVERY_RULE)).map(toRule),

    async add(scope, { id, kind, name, tenantId, plan, from, to, terms, publishedAt }) {
      // Row-level security rejects it too, without a message.
      if (scope.kind !== 'operator') throw new Forbidden('Only an operator may publish charge rules; use an operator key.')
      const values = [id, kind, name, tenantId, plan, from.toString(), to?.toString() ?? null, terms && JSON.stringify(terms), publishedAt.toString()]
      const rows = await database.query<ChargeRuleRow>(scope, NEW_RULE, values)
      return toRule(rows[0] as ChargeRuleRow)
    },
  }
}

function toRule(row: ChargeRuleRow): ChargeRule {
  return {
    id: row.id,
    kind: row.kind,
    name: row.name,
    version: row.version,
    tenantId: row.tenant_id,
    plan: row.plan,
    from: Temporal.Instant.from(row.effective_from),
    to: row.effective_to === null ? null : Temporal.Instant.from(row.effective_to),
    terms: row.terms,
    publishedAt: Temporal.Instant.from(row.published_at),
  }
}

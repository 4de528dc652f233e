import { OPERATOR_SCOPE, type Scope, Temporal, tenantScope, type Transaction } from '@tollgate/kernel'
import {
  decimalOrNull,
  defineColumns,
  instantOrNull,
  type PostgresDatabase,
  postgresTransaction,
  retryOnConflict,
  textArray,
  uuidArray,
} from '@tollgate/postgres'
import type { CollectionStore } from '../../collections/collection-store.ts'
import type { CollectionHold, DisputeResolution, HoldKind } from '../../model/collections/collection-hold.ts'
import type { CollectionStep } from '../../model/collections/collection-step.ts'
import { LOCK_PAYMENTS } from '../payments/lock-payments.ts'
import { policyJson, type PolicyJson, readPolicyJson } from './policy-json.ts'

const DEFAULT_POLICY = 'select policy from invoicing.collection_defaults'
const SET_DEFAULT = `
  insert into invoicing.collection_defaults (policy) values ($1::jsonb) on conflict (only_row) do update set policy = excluded.policy`
const REMOVE_DEFAULT = 'delete from invoicing.collection_defaults'
const POLICY = 'select policy from invoicing.collection_policies where tenant_id = $1'
const SET_POLICY = `
  insert into invoicing.collection_policies (tenant_id, policy) values ($1, $2::jsonb) on conflict (tenant_id) do update set policy = excluded.policy`
const REMOVE_POLICY = 'delete from invoicing.collection_policies where tenant_id = $1'

const HOLDS = `
  select id, kind, invoice_id, held_from, held_to, reason, resolution from invoicing.collection_holds where tenant_id = $1 order by held_from desc, id desc`
const ADD_HOLD = `
  insert into invoicing.collection_holds (tenant_id, id, kind, invoice_id, held_from, held_to, reason, resolution) values ($1, $2, $3, $4, $5, $6, $7, $8)`
const END_HOLD = 'update invoicing.collection_holds set held_to = $3, resolution = $4 where tenant_id = $1 and id = $2'

const STEP_COLUMNS = defineColumns<CollectionStep>(column => [
  column('tenant_id', 'text', step => step.tenantId),
  column('invoice_id', 'uuid', step => step.invoiceId),
  column('key', 'text', step => step.key),
  column('kind', 'text', step => step.kind),
  column('day', 'integer', step => step.day),
  column('due_at', 'timestamptz', step => step.dueAt),
  column('taken_at', 'timestamptz', step => step.takenAt),
  column('outcome', 'text', step => step.outcome),
  column('amount', 'numeric', step => step.amount),
])
const STEPS = `
  select ${STEP_COLUMNS.names} from invoicing.collection_steps where tenant_id = $1 and invoice_id = any ($2::uuid[]) order by due_at, key`
const ADD_STEPS = `
  insert into invoicing.collection_steps (${STEP_COLUMNS.names}) select ${STEP_COLUMNS.unnest(1)} on conflict do nothing returning ${STEP_COLUMNS.names}`
// Relies on the index `unbilled_late_fees`.
const UNBILLED = `
  select ${STEP_COLUMNS.names} from invoicing.collection_steps
  where tenant_id = $1 and kind = 'late_fee' and outcome = 'done' and billed_on is null order by due_at, key`
const BILL = `
  update invoicing.collection_steps as step set billed_on = $2 from unnest($3::uuid[], $4::text[]) as fee (invoice_id, key)
  where step.tenant_id = $1 and step.invoice_id = fee.invoice_id and step.key = fee.key and step.billed_on is null`

/** Collections in PostgreSQL. */
export function postgresCollectionStore({ database }: { readonly database: PostgresDatabase }): CollectionStore {
  const within = postgresTransaction

  function read<Row>(scope: Scope, text: string, values: readonly unknown[], transaction: Transaction | undefined): Promise<Row[]> {
    return transaction === undefined ? database.query<Row>(scope, text, values) : within(transaction).query<Row>(text, values)
  }

  return {
    transaction: (tenantId, work) => retryOnConflict(() => database.transaction(tenantId === null ? OPERATOR_SCOPE : tenantScope(tenantId), work)),
    async lock(transaction, tenantId) {
      await within(transaction).query(LOCK_PAYMENTS, [tenantId])
    },
    async policy(tenantId, transaction) {
      const [row] =
        tenantId === null
          ? await read<PolicyRow>(OPERATOR_SCOPE, DEFAULT_POLICY, [], transaction)
          : await read<PolicyRow>(tenantScope(tenantId), POLICY, [tenantId], transaction)
      return row && readPolicyJson(row.policy)
    },
    async setPolicy(tenantId, policy, transaction) {
      const { query } = within(transaction)
      const json = policy && JSON.stringify(policyJson(policy))
      if (tenantId === null) await (json === undefined ? query(REMOVE_DEFAULT) : query(SET_DEFAULT, [json]))
      else await (json === undefined ? query(REMOVE_POLICY, [tenantId]) : query(SET_POLICY, [tenantId, json]))
    },
    async holds(tenantId, transaction) {
      const rows = await read<HoldRow>(tenantScope(tenantId), HOLDS, [tenantId], transaction)
      return rows.map(row => holdOf(tenantId, row))
    },
    async addHold(transaction, { tenantId, id, kind, invoiceId, from, to, reason, resolution }) {
      await within(transaction).query(ADD_HOLD, [tenantId, id, kind, invoiceId, from.toString(), to?.toString() ?? null, reason, resolution])
    },
    async endHold(transaction, { tenantId, id, to, resolution }) {
      await within(transaction).query(END_HOLD, [tenantId, id, to.toString(), resolution])
    },
    async steps(tenantId, invoiceIds, transaction) {
      return (await read<StepRow>(tenantScope(tenantId), STEPS, [tenantId, uuidArray(invoiceIds)], transaction)).map(stepOf)
    },
    addSteps: async (transaction, steps) => (await within(transaction).query<StepRow>(ADD_STEPS, STEP_COLUMNS.values(steps))).map(stepOf),
    unbilledLateFees: async (transaction, tenantId) => (await within(transaction).query<StepRow>(UNBILLED, [tenantId])).map(stepOf),
    async billLateFees(transaction, { tenantId, fees, billedOn }) {
      const values = [tenantId, billedOn, uuidArray(fees.map(({ invoiceId }) => invoiceId)), textArray(fees.map(({ key }) => key))]
      await within(transaction).query(BILL, values)
    },
  }
}

interface PolicyRow {
  readonly policy: PolicyJson
}

interface HoldRow {
  readonly id: string
  readonly kind: HoldKind
  readonly invoice_id: string | null
  readonly held_from: string
  readonly held_to: string | null
  readonly reason: string | null
  readonly resolution: DisputeResolution | null
}

function holdOf(tenantId: string, { id, kind, invoice_id, held_from, held_to, reason, resolution }: HoldRow): CollectionHold {
  return { id, tenantId, kind, invoiceId: invoice_id, from: Temporal.Instant.from(held_from), to: instantOrNull(held_to), reason, resolution }
}

interface StepRow extends Pick<CollectionStep, 'key' | 'kind' | 'day' | 'outcome'> {
  readonly tenant_id: string
  readonly invoice_id: string
  readonly due_at: string
  readonly taken_at: string
  readonly amount: string | null
}

function stepOf({ tenant_id, invoice_id, due_at, taken_at, amount, key, kind, day, outcome }: StepRow): CollectionStep {
  return {
    tenantId: tenant_id,
    invoiceId: invoice_id,
    key,
    kind,
    day,
    dueAt: Temporal.Instant.from(due_at),
    takenAt: Temporal.Instant.from(taken_at),
    outcome,
    amount: decimalOrNull(amount),
  }
}

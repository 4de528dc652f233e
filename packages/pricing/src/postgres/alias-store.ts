import { InvalidInput, OPERATOR_SCOPE, Temporal, toPage } from '@tollgate/kernel'
import { defineColumns, instantOrNull, type PostgresDatabase } from '@tollgate/postgres'
import type { AliasStore } from '../alias-store.ts'
import type { ModelAlias } from '../model/aliases/model-alias.ts'
import { requireAliasOwner } from '../model/aliases/require-alias-owner.ts'
import { ALIASES_VERSION } from './catalog-versions.ts'

interface AliasRow {
  readonly id: string
  readonly tenant_id: string | null
  readonly provider: string
  readonly name: string
  readonly target_provider: string | null
  readonly target_model: string | null
  readonly effective_from: string | null
  readonly effective_to: string | null
  readonly published_at: string
}

const ALIAS = defineColumns<ModelAlias>(column => [
  column('id', 'uuid', ({ id }) => id),
  column('provider', 'text', ({ provider }) => provider),
  column('name', 'text', ({ name }) => name),
  column('target_provider', 'text', ({ target }) => target?.provider),
  column('target_model', 'text', ({ target }) => target?.model),
  column('effective_from', 'timestamptz', ({ from }) => from),
  column('effective_to', 'timestamptz', ({ to }) => to),
  column('published_at', 'timestamptz', ({ publishedAt }) => publishedAt),
])

// The count locks its row, so that aliases of one tenant are counted in the order of their commits.
const ADD_OWN = `
  with counted as (
    insert into pricing.alias_counts as counts (tenant_id, aliases) values ($1, 1)
        on conflict (tenant_id) do update set aliases = counts.aliases + 1 where counts.aliases < $2
    returning tenant_id
  )
  insert into pricing.model_aliases (tenant_id, ${ALIAS.names})
  select counted.tenant_id, given.* from counted cross join ${ALIAS.unnestAs('given', 3)}
  returning id`

const ADD_SHARED = `
  with counted as (
    update pricing.shared_alias_count set aliases = aliases + 1 where aliases < $1 returning single
  )
  insert into pricing.shared_model_aliases (${ALIAS.names})
  select given.* from counted cross join ${ALIAS.unnestAs('given', 2)}
  returning id`

const EVERY_ALIAS = `
  select null as tenant_id, ${ALIAS.names} from pricing.shared_model_aliases
   union all
  select tenant_id, ${ALIAS.names} from pricing.model_aliases`

const ALL = `${EVERY_ALIAS} order by published_at, id`

const PAGE = `
  with visible as (${EVERY_ALIAS})
  select * from visible
   where ($2::uuid is null or id < $2) and ($3::text is null or provider = $3) and ($4::text is null or lower(name) = lower($4))
   order by id desc
   limit $1`

const EXISTS = `with visible as (${EVERY_ALIAS}) select from visible where id = $1`

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Creates a store of model aliases in PostgreSQL, in the schema `pricing`. */
export function postgresAliasStore({ database }: { database: PostgresDatabase }): AliasStore {
  return {
    async version() {
      const [row] = await database.query<{ version: string }>(OPERATOR_SCOPE, `select ${ALIASES_VERSION} as version`)
      return row?.version ?? '0.0'
    },

    all: async () => (await database.query<AliasRow>(OPERATOR_SCOPE, ALL)).map(toAlias),

    async add(scope, alias, max) {
      // Row-level security rejects it too, but without a helpful message.
      requireAliasOwner(scope, alias)
      const values = ALIAS.values([alias])
      const added =
        alias.tenantId === null
          ? await database.query(scope, ADD_SHARED, [max, ...values])
          : await database.query(scope, ADD_OWN, [alias.tenantId, max, ...values])
      return added.length > 0
    },

    async list(scope, { first, after, provider, name }) {
      if (after !== undefined && !(UUID.test(after) && (await database.query(scope, EXISTS, [after])).length > 0)) {
        throw new InvalidInput([{ path: 'after', message: 'is not the id of an alias' }])
      }
      const rows = await database.query<AliasRow>(scope, PAGE, [first + 1, after ?? null, provider ?? null, name ?? null])
      return toPage(rows.map(toAlias), first)
    },
  }
}

function toAlias(row: AliasRow): ModelAlias {
  return {
    id: row.id,
    tenantId: row.tenant_id,
    provider: row.provider,
    name: row.name,
    target: row.target_provider === null || row.target_model === null ? null : { provider: row.target_provider, model: row.target_model },
    from: instantOrNull(row.effective_from),
    to: instantOrNull(row.effective_to),
    publishedAt: Temporal.Instant.from(row.published_at),
  }
}

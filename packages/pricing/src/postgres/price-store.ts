import type { PostgresDatabase } from '@tollgate/postgres'
import { type FilterQuery, raw } from '@mikro-orm/core'
import type { SqlEntityManager } from '@mikro-orm/postgresql'
import { InvalidInput, OPERATOR_SCOPE, Temporal, toPage } from '@tollgate/kernel'
import { requireOperator } from '../model/require-operator.ts'
import type { PriceQuery, PriceStore } from '../price-store.ts'
import { releaseDigest } from '../model/release-digest.ts'
import { PriceRow } from './entities.ts'
import { insertPrices, insertRelease } from './insert-prices.ts'
import { toPrice, toStored } from './price-mapping.ts'
import { readActivePrices } from './read-active-prices.ts'

/** Prices in PostgreSQL, in the schema `pricing`. The database must know `pricingEntities`. */
export function postgresPriceStore({ database }: { database: PostgresDatabase }): PriceStore {
  return {
    async version() {
      const [row] = await database.query<{ version: string }>(OPERATOR_SCOPE, 'select version::text from pricing.catalog_version')
      return row?.version ?? '0'
    },

    all: readActivePrices(database),

    async add(scope, prices) {
      // Row-level security refuses it too; here it is refused with a reason.
      requireOperator(scope)
      await database.query(scope, insertPrices, [JSON.stringify(prices.map(toStored))])
    },

    async addIfVersion(scope, prices, version) {
      requireOperator(scope)
      try {
        await database.transaction(scope, async transaction => {
          await transaction.query(insertPrices, [JSON.stringify(prices.map(toStored))])
          // The insert has counted a version, and waited for whoever counted before. One more than expected is ours alone.
          const [counted] = await transaction.query<{ version: string }>('select version::text from pricing.catalog_version')
          if (BigInt(counted?.version ?? 0) !== BigInt(version) + 1n) throw new OtherVersion()
        })
        return true
      } catch (error) {
        if (error instanceof OtherVersion) return false
        throw error
      }
    },

    async importBundled(prices, importedAt) {
      const digest = releaseDigest(prices)
      const imported = await database.query(OPERATOR_SCOPE, 'select from pricing.bundled_releases where digest = $1', [digest])
      if (imported.length > 0) return 0
      const [row] = await database.query<{ added: number }>(OPERATOR_SCOPE, insertRelease, [
        JSON.stringify(prices.map(toStored)),
        digest,
        importedAt.toString(),
      ])
      return row?.added ?? 0
    },

    async bundledRelease() {
      const [row] = await database.query<{ digest: string; importedAt: string }>(OPERATOR_SCOPE, LAST_RELEASE)
      return row && { digest: row.digest, importedAt: Temporal.Instant.from(row.importedAt) }
    },

    async list(scope, query) {
      const rows = await database.entities(scope, entities => findPage(entities, query))
      return toPage(rows.map(toPrice), query.first)
    },

    async byIds(scope, ids) {
      const rows = await database.entities(scope, entities => entities.find(PriceRow, { id: { $in: [...new Set(ids)] } }, { disableIdentityMap: true }))
      return rows.map(toPrice)
    },
  }
}

const LAST_RELEASE = `select digest, imported_at as "importedAt" from pricing.bundled_releases order by number desc limit 1`

/** Rolls a transaction back. */
class OtherVersion extends Error {}

/** One more row than asked for, where there are more. */
async function findPage(entities: SqlEntityManager, { provider, model, at, first, after }: PriceQuery) {
  const conditions: FilterQuery<PriceRow>[] = [{ inForce: true }]
  if (provider !== undefined) conditions.push({ provider })
  if (model !== undefined) conditions.push({ [raw('lower(model)')]: model.toLowerCase() })
  if (at !== undefined) {
    conditions.push({ $or: [{ effectiveFrom: null }, { effectiveFrom: { $lte: at } }] }, { $or: [{ effectiveTo: null }, { effectiveTo: { $gt: at } }] })
  }
  if (after !== undefined) conditions.push(await behind(entities, after))
  return entities.find(
    PriceRow,
    { $and: conditions },
    { orderBy: { provider: 'asc', model: 'asc', effectiveFrom: 'asc nulls first', id: 'asc' }, limit: first + 1, disableIdentityMap: true },
  )
}

/** Prices that come after the one with this id in a page's order. */
async function behind(entities: SqlEntityManager, after: string): Promise<FilterQuery<PriceRow>> {
  const last = await entities.findOne(PriceRow, { id: after }, { disableIdentityMap: true })
  if (last === null) throw new InvalidInput([{ path: 'after', message: 'is not the id of a price' }])
  return {
    [raw(`(provider, model, coalesce(effective_from, '-infinity'), id) > (?, ?, coalesce(?::timestamptz, '-infinity'), ?)`, [
      last.provider,
      last.model,
      last.effectiveFrom?.toString() ?? null,
      last.id,
    ])]: [],
  }
}

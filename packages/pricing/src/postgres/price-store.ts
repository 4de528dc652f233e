import { type FilterQuery, raw } from '@mikro-orm/core'
import type { SqlEntityManager } from '@mikro-orm/postgresql'
import { InvalidInput, OPERATOR_SCOPE, Temporal, toPage } from '@tollgate/kernel'
import type { PostgresDatabase } from '@tollgate/postgres'
import { releaseDigest } from '../model/release-digest.ts'
import { requireOperator } from '../model/require-operator.ts'
import type { PriceQuery, PriceStore } from '../price-store.ts'
import { PriceRow } from './entities.ts'
import { insertPrices, insertRelease } from './insert-prices.ts'
import { toPrice, toStored } from './price-mapping.ts'
import { readActivePrices } from './read-active-prices.ts'

/** Creates a price store in PostgreSQL, in the schema `pricing`. The database must be opened with `pricingEntities`. */
export function postgresPriceStore({ database }: { database: PostgresDatabase }): PriceStore {
  return {
    async version() {
      const [row] = await database.query<{ version: string }>(OPERATOR_SCOPE, 'select version::text from pricing.catalog_version')
      return row?.version ?? '0'
    },

    all: readActivePrices(database),

    async add(scope, prices) {
      // Row-level security rejects it too, but without a helpful message.
      requireOperator(scope)
      await database.query(scope, insertPrices, [JSON.stringify(prices.map(toStored))])
    },

    async addIfVersion(scope, prices, version) {
      requireOperator(scope)
      try {
        await database.transaction(scope, async transaction => {
          await transaction.query(insertPrices, [JSON.stringify(prices.map(toStored))])
          // The insert incremented the version, after waiting for concurrent publications. If it is one more than expected, there were none.
          const [current] = await transaction.query<{ version: string }>('select version::text from pricing.catalog_version')
          if (BigInt(current?.version ?? 0) !== BigInt(version) + 1n) throw new VersionChanged()
        })
        return true
      } catch (error) {
        if (error instanceof VersionChanged) return false
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

/** Thrown to roll back the transaction. */
class VersionChanged extends Error {}

/** Reads up to `first + 1` rows, to tell whether there is a next page. */
async function findPage(entities: SqlEntityManager, { provider, model, at, first, after }: PriceQuery) {
  const conditions: FilterQuery<PriceRow>[] = [{ inForce: true }]
  if (provider !== undefined) conditions.push({ provider })
  if (model !== undefined) conditions.push({ [raw('lower(model)')]: model.toLowerCase() })
  if (at !== undefined) {
    conditions.push({ $or: [{ effectiveFrom: null }, { effectiveFrom: { $lte: at } }] }, { $or: [{ effectiveTo: null }, { effectiveTo: { $gt: at } }] })
  }
  if (after !== undefined) conditions.push(await isAfter(entities, after))
  return entities.find(
    PriceRow,
    { $and: conditions },
    { orderBy: { provider: 'asc', model: 'asc', effectiveFrom: 'asc nulls first', id: 'asc' }, limit: first + 1, disableIdentityMap: true },
  )
}

/** Returns a condition for prices that come after the price with this id in the order of pages. */
async function isAfter(entities: SqlEntityManager, after: string): Promise<FilterQuery<PriceRow>> {
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

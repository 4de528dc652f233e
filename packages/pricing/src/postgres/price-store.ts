import { type FilterQuery, raw } from '@mikro-orm/core'
import type { SqlEntityManager } from '@mikro-orm/postgresql'
import { InvalidInput, OPERATOR_SCOPE, Temporal, toPage } from '@tollgate/kernel'
import type { PostgresDatabase, PostgresTransaction } from '@tollgate/postgres'
import { entityDatabase } from '@tollgate/postgres/mikro-orm'
import { releaseDigest } from '../model/imports/release-digest.ts'
import { requireOperator } from '../model/require-operator.ts'
import type { Price } from '../model/price.ts'
import type { BundledRelease, PriceQuery, PriceStore } from '../price-store.ts'
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
      if (await wasActive(database, digest)) return 0
      return database.transaction(OPERATOR_SCOPE, async transaction => {
        await lockReleases(transaction)
        return insert(transaction, prices, { digest, importedAt, feedVersion: null })
      })
    },

    async activate(prices, release, expected) {
      if (await wasActive(database, release.digest)) return false
      return database.transaction(OPERATOR_SCOPE, async transaction => {
        await lockReleases(transaction)
        const [active] = await transaction.query<StoredRelease>(LAST_RELEASE)
        if (active?.digest !== expected) return false
        await insert(transaction, prices, release)
        return true
      })
    },

    async bundledRelease() {
      const [row] = await database.query<StoredRelease>(OPERATOR_SCOPE, LAST_RELEASE)
      return (
        row && { digest: row.digest, importedAt: Temporal.Instant.from(row.importedAt), feedVersion: row.feedVersion === null ? null : Number(row.feedVersion) }
      )
    },

    async list(scope, query) {
      const rows = await entityDatabase(database).entities(scope, entities => findPage(entities, query))
      return toPage(rows.map(toPrice), query.first)
    },

    async byIds(scope, ids) {
      const rows = await entityDatabase(database).entities(scope, entities =>
        entities.find(PriceRow, { id: { $in: [...new Set(ids)] } }, { disableIdentityMap: true }),
      )
      return rows.map(toPrice)
    },
  }
}

interface StoredRelease {
  readonly digest: string
  readonly importedAt: string
  readonly feedVersion: string | null
}

const LAST_RELEASE = `
  select digest, imported_at as "importedAt", feed_version::text as "feedVersion" from pricing.bundled_releases order by number desc limit 1`

async function wasActive(database: PostgresDatabase, digest: string): Promise<boolean> {
  return (await database.query(OPERATOR_SCOPE, 'select from pricing.bundled_releases where digest = $1', [digest])).length > 0
}

/** Lets releases be activated one after the other, so that their numbers are in the order of the commits. */
async function lockReleases(transaction: PostgresTransaction): Promise<void> {
  await transaction.query(`select pg_advisory_xact_lock(hashtextextended('pricing.bundled_releases', 0))`)
}

async function insert(transaction: PostgresTransaction, prices: readonly Price[], { digest, importedAt, feedVersion }: BundledRelease): Promise<number> {
  const [row] = await transaction.query<{ added: number }>(insertRelease, [JSON.stringify(prices.map(toStored)), digest, importedAt.toString(), feedVersion])
  return row?.added ?? 0
}

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

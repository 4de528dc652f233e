import { Decimal, OPERATOR_SCOPE, Temporal } from '@tollgate/kernel'
import { defineColumns, type PostgresDatabase } from '@tollgate/postgres'
import type { FeedRecord, FeedStore } from '../feed-store.ts'
import type { FeedState } from '../model/feed/feed-state.ts'
import type { FeedDecision, PriceChange, RateMove } from '../model/feed/price-change.ts'

interface FeedRow {
  readonly version: string | null
  readonly list_date: string | null
  readonly sha256: string | null
  readonly accepted_at: string | null
  readonly url: string | null
  readonly checked_at: string | null
  readonly state: FeedState | null
  readonly problem: string | null
  readonly etag: string | null
  readonly pending: readonly StoredChange[]
  readonly rated_digest: string | null
}

type StoredChange = Omit<PriceChange, 'moves'> & { readonly moves: readonly StoredMove[] }
type StoredMove = Omit<RateMove, 'from' | 'before' | 'after'> & { readonly [Field in 'from' | 'before' | 'after']: string | null }

const READ = `
  select version::text, list_date, sha256, accepted_at, url, checked_at, state, problem, etag, pending, rated_digest from pricing.price_feed`

const ACCEPT = `
  update pricing.price_feed set version = $1, list_date = $2, sha256 = $3, accepted_at = $4, list = $5
   where version is null or version < $1
  returning version`

const RECORD_CHECK = 'update pricing.price_feed set url = $1, checked_at = $2, state = $3, problem = $4, etag = $5'

const DECISION = defineColumns<FeedDecision>(column => [
  column('change_id', 'text', ({ changeId }) => changeId),
  column('approved', 'boolean', ({ approved }) => approved),
  column('decided_by', 'text', ({ decidedBy }) => decidedBy),
  column('decided_at', 'timestamptz', ({ decidedAt }) => decidedAt),
])

const ADD_DECISIONS = `insert into pricing.feed_decisions (${DECISION.names}) select * from ${DECISION.unnestAs('given', 1)}`

const DECISIONS = `select ${DECISION.names} from pricing.feed_decisions order by number`

/** Creates a store of the price feed in PostgreSQL, in the schema `pricing`. */
export function postgresFeedStore({ database }: { database: PostgresDatabase }): FeedStore {
  return {
    async read() {
      const [row] = await database.query<FeedRow>(OPERATOR_SCOPE, READ)
      return row ? toRecord(row) : { accepted: null, lastCheck: null, pending: [], ratedDigest: null }
    },

    async list() {
      const [row] = await database.query<{ list: string | null }>(OPERATOR_SCOPE, 'select list from pricing.price_feed')
      return row?.list ?? undefined
    },

    async accept({ version, date, sha256, acceptedAt }, list) {
      const accepted = await database.query(OPERATOR_SCOPE, ACCEPT, [version, date.toString(), sha256, acceptedAt.toString(), list])
      return accepted.length > 0
    },

    async recordCheck({ url, checkedAt, state, problem, etag }) {
      await database.query(OPERATOR_SCOPE, RECORD_CHECK, [url, checkedAt.toString(), state, problem, etag])
    },

    async recordPending(changes) {
      await database.query(OPERATOR_SCOPE, 'update pricing.price_feed set pending = $1::jsonb', [JSON.stringify(changes)])
    },

    async recordRated(digest) {
      await database.query(OPERATOR_SCOPE, 'update pricing.price_feed set rated_digest = $1', [digest])
    },

    async decide(decisions) {
      await database.query(OPERATOR_SCOPE, ADD_DECISIONS, DECISION.values(decisions))
    },

    async decisions() {
      const rows = await database.query<{ change_id: string; approved: boolean; decided_by: string; decided_at: string }>(OPERATOR_SCOPE, DECISIONS)
      return rows.map(row => ({
        changeId: row.change_id,
        approved: row.approved,
        decidedBy: row.decided_by,
        decidedAt: Temporal.Instant.from(row.decided_at),
      }))
    },
  }
}

function toRecord(row: FeedRow): FeedRecord {
  const { version, list_date: date, sha256, accepted_at: acceptedAt, url, checked_at: checkedAt, state, problem, etag } = row
  return {
    accepted:
      version === null || date === null || sha256 === null || acceptedAt === null
        ? null
        : { version: Number(version), date: Temporal.Instant.from(date), sha256, acceptedAt: Temporal.Instant.from(acceptedAt) },
    lastCheck: url === null || checkedAt === null || state === null ? null : { url, checkedAt: Temporal.Instant.from(checkedAt), state, problem, etag },
    pending: row.pending.map(change => ({ ...change, moves: change.moves.map(toMove) })),
    ratedDigest: row.rated_digest,
  }
}

function toMove({ from, before, after, ...move }: StoredMove): RateMove {
  return {
    ...move,
    from: from === null ? null : Temporal.Instant.from(from),
    before: before === null ? null : new Decimal(before),
    after: after === null ? null : new Decimal(after),
  }
}

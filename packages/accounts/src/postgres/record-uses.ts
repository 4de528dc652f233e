import { OPERATOR_SCOPE, type Temporal } from '@tollgate/kernel'
import type { PostgresDatabase } from '@tollgate/postgres'

/**
 * Several servers may record uses of the same keys at once. A key that is locked by another server is skipped: waiting
 * could deadlock, and the other server writes nearly the same time.
 */
const RECORD_USES = `
with uses as (
  select id, at from unnest($1::uuid[], $2::timestamptz[]) as uses (id, at)
), unlocked as (
  select keys.id, uses.at
  from accounts.api_keys keys join uses using (id)
  for no key update of keys skip locked
)
update accounts.api_keys keys
set last_used_at = greatest(keys.last_used_at, unlocked.at)
from unlocked
where keys.id = unlocked.id`

/** Writes when keys were last used, in one statement. */
export async function recordUses(database: PostgresDatabase, uses: ReadonlyMap<string, Temporal.Instant>): Promise<void> {
  await database.query(OPERATOR_SCOPE, RECORD_USES, [[...uses.keys()], [...uses.values()].map(String)])
}

import type { PostgresDatabase } from '@tollgate/postgres'
import { OPERATOR_SCOPE, type Temporal } from '@tollgate/kernel'

/**
 * Several servers may note the same keys at once. A key that another one is just writing is left to it: waiting could
 * deadlock, and both would write nearly the same time.
 */
const NOTE_USES = `
with uses as (
  select id, at from unnest($1::uuid[], $2::timestamptz[]) as uses (id, at)
), free as (
  select keys.id, uses.at
  from accounts.api_keys keys join uses using (id)
  for no key update of keys skip locked
)
update accounts.api_keys keys
set last_used_at = greatest(keys.last_used_at, free.at)
from free
where keys.id = free.id`

/** Writes when keys were last used, all in one statement. */
export async function noteUses(database: PostgresDatabase, uses: ReadonlyMap<string, Temporal.Instant>): Promise<void> {
  await database.query(OPERATOR_SCOPE, NOTE_USES, [[...uses.keys()], [...uses.values()].map(String)])
}

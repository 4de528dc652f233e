import { OPERATOR_SCOPE } from '@tollgate/kernel'
import type { PostgresDatabase } from '@tollgate/postgres'

/** Reads the cursor of the last visible alert. A cursor and its alerts become visible together. */
export async function readLastAlertCursor(database: PostgresDatabase): Promise<string> {
  const [row] = await database.query<{ last: string }>(OPERATOR_SCOPE, 'select last::text as last from quotas.alert_cursor')
  return row?.last ?? '0'
}

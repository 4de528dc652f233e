import type { PostgresDatabase } from '@tollgate/postgres'
import { OPERATOR_SCOPE } from '@tollgate/kernel'

/** The cursor of the last alert that is visible; cursors and their alerts become visible together. */
export async function readLastAlert(database: PostgresDatabase): Promise<string> {
  const [row] = await database.query<{ last: string }>(OPERATOR_SCOPE, 'select last::text as last from quotas.alert_cursor')
  return row?.last ?? '0'
}

import type { NotificationListener, PostgresDatabase } from '@tollgate/postgres'
import type { Logger } from 'pino'
import { notifyThrough } from '../../live/notify.ts'

const CHANNEL = 'revoked_api_keys'

/** Tells every server that a key was revoked. Requests need no notification, because each reads its key; subscriptions do. */
export async function notifyOfRevokedKey(database: PostgresDatabase, logger: Logger | undefined): Promise<void> {
  try {
    await notifyThrough(database)(CHANNEL, '')
  } catch (error) {
    logger?.warn({ err: error }, 'Servers could not be notified of a revoked key; its subscriptions end within a minute.')
  }
}

/** Calls `check` when keys were revoked, or may have been while the connection was lost. */
export function followRevokedKeys(listener: NotificationListener, check: () => void): Promise<{ stop(): Promise<void> }> {
  return listener.listen(CHANNEL, { notification: check, gap: check })
}

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { startEmbeddedPostgres } from '../../apps/server/src/embedded-postgres/start.ts'

/** The process id of the PostgreSQL that runs under a data directory; undefined where none left a lock file. */
export async function postgresPid(dataDirectory: string): Promise<number | undefined> {
  const lock = await readFile(join(dataDirectory, 'postgres', 'data', 'postmaster.pid'), 'utf8').catch(() => undefined)
  return lock === undefined ? undefined : Number.parseInt(lock, 10)
}

/** Stops a PostgreSQL that a killed server left behind. */
export async function stopPostgres(dataDirectory: string): Promise<void> {
  const postgres = await startEmbeddedPostgres({ directory: join(dataDirectory, 'postgres') })
  await postgres.stop()
}

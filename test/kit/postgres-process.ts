import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** The process id of the PostgreSQL that runs under a data directory; undefined where none left a lock file. */
export async function postgresPid(dataDirectory: string): Promise<number | undefined> {
  const lock = await readFile(join(dataDirectory, 'postgres', 'data', 'postmaster.pid'), 'utf8').catch(() => undefined)
  return lock === undefined ? undefined : Number.parseInt(lock, 10)
}

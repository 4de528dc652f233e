import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Returns the process id of the PostgreSQL of a data directory; undefined if there is no lock file. */
export async function postgresPid(dataDirectory: string): Promise<number | undefined> {
  const lock = await readFile(join(dataDirectory, 'postgres', 'data', 'postmaster.pid'), 'utf8').catch(() => undefined)
  return lock === undefined ? undefined : Number.parseInt(lock, 10)
}

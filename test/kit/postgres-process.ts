import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Returns the process id of the PostgreSQL of a data directory; undefined if there is no lock file. */
export async function postgresPid(dataDirectory: string): Promise<number | undefined> {
  const lock = await readFile(join(dataDirectory, 'postgres', 'data', 'postmaster.pid'), 'utf8').catch(() => undefined)
  return lock === undefined ? undefined : Number.parseInt(lock, 10)
}

/**
 * Stops all processes of the PostgreSQL of a data directory, as a machine that hangs would: connections stay open, and
 * nothing answers. Returns a function that lets them continue.
 */
export async function suspendPostgres(dataDirectory: string): Promise<() => void> {
  const postmaster = await postgresPid(dataDirectory)
  if (postmaster === undefined) throw new Error('PostgreSQL does not run.')
  process.kill(postmaster, 'SIGSTOP') // First, so that it starts no more processes.
  const { stdout } = await run('ps', ['-A', '-o', 'pid=,ppid='])
  const children = stdout
    .trim()
    .split('\n')
    .map(line => line.trim().split(/\s+/).map(Number))
    .flatMap(([pid, parent]) => (pid !== undefined && parent === postmaster ? [pid] : []))
  for (const pid of children) process.kill(pid, 'SIGSTOP')
  return () => {
    for (const pid of [...children, postmaster]) process.kill(pid, 'SIGCONT')
  }
}

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

/** A process of PostgreSQL, under its postmaster. */
export interface PostgresChild {
  readonly pid: number
  /** "postgres: walwriter", "postgres: owner tollgate 127.0.0.1(41234) idle" */
  readonly title: string
}

/** Returns the processes of a postmaster. */
export async function postgresChildren(postmaster: number): Promise<PostgresChild[]> {
  const { stdout } = await run('ps', ['-A', '-o', 'pid=,ppid=,args='])
  return stdout.split('\n').flatMap(line => {
    const [, pid, parent, title = ''] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? []
    return Number(parent) === postmaster ? [{ pid: Number(pid), title }] : []
  })
}

/**
 * Stops all processes of the PostgreSQL of a data directory, as a machine that hangs would: connections stay open, and
 * nothing answers. Returns a function that lets them continue.
 */
export async function suspendPostgres(dataDirectory: string): Promise<() => void> {
  const postmaster = await postgresPid(dataDirectory)
  if (postmaster === undefined) throw new Error('PostgreSQL does not run.')
  process.kill(postmaster, 'SIGSTOP') // First, so that it starts no more processes.
  const children = await postgresChildren(postmaster)
  for (const { pid } of children) process.kill(pid, 'SIGSTOP')
  return () => {
    for (const pid of [...children.map(child => child.pid), postmaster]) process.kill(pid, 'SIGCONT')
  }
}

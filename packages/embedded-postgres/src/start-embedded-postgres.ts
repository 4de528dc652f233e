import { execFile } from 'node:child_process'
import { copyFile, readFile, rename, rm, stat, truncate } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import { DomainError } from '@tollgate/kernel'
import { postgresAccount } from './postgres-account.ts'
import { postgresBinaries } from './postgres-binaries.ts'
import { clusterPaths, prepareCluster, prepareRoot } from './prepare-cluster.ts'
import { ensureAccess } from './ensure-access.ts'

const run = promisify(execFile)

/** A running PostgreSQL in a directory. It listens on a free port of the loopback interface only. */
export interface EmbeddedPostgres {
  /** Connects to the database `postgres` as superuser. */
  readonly url: string
  /** False if it was already running: started by another process, or left behind by a killed one. */
  readonly started: boolean
  /** Starts it again on the same port if it no longer runs. Throws `EmbeddedPostgresFailed`. */
  revive(): Promise<void>
  /** Empties its log if it has grown too large, and keeps one old file. Call it regularly while PostgreSQL runs. */
  rotateLog(): Promise<void>
  /** Stops it. Transactions in progress fail; the data stays. */
  stop(): Promise<void>
}

/** Where PostgreSQL's files are, and its settings. */
export interface EmbeddedPostgresOptions {
  /** Created if it does not exist. */
  readonly directory: string
  /** PostgreSQL settings, such as `{ fsync: 'off' }` for tests. */
  readonly settings?: Readonly<Record<string, string>>
  /** Size from which the log is rotated. Defaults to 16 MiB. */
  readonly maxLogBytes?: number
}

/** PostgreSQL could not be set up or started. The message contains its output. */
export class EmbeddedPostgresFailed extends DomainError<'EMBEDDED_POSTGRES_FAILED'> {
  constructor(action: string, directory: string, cause: unknown) {
    super('EMBEDDED_POSTGRES_FAILED', `PostgreSQL could not ${action} in ${directory}: ${outputOf(cause)}`, { cause })
  }
}

const MAX_START_ATTEMPTS = 8
const MAX_LOG_BYTES = 16 * 1024 * 1024

/**
 * Starts PostgreSQL in a directory, or returns the one that already runs there. It runs in its own process group, so
 * that Ctrl-C does not stop it before the server. A lock file left by a killed process does not prevent the start.
 */
export async function startEmbeddedPostgres({ directory, settings = {}, maxLogBytes = MAX_LOG_BYTES }: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const binaries = await postgresBinaries()
  const { root, data, logFile } = clusterPaths(resolve(directory))
  const failedTo = (action: string) => (error: unknown) => {
    throw error instanceof DomainError ? error : new EmbeddedPostgresFailed(action, root, error)
  }
  const account = await postgresAccount(data)
  await prepareRoot(root, account).catch(failedTo('be set up'))
  await ensureAccess(account, binaries, root)
  const { password } = await prepareCluster({ initdb: binaries.initdb, root, account }).catch(failedTo('be set up'))

  const control = (...args: string[]) => run(binaries.pg_ctl, ['-D', data, ...args], { ...account, cwd: root })
  const isRunning = async () => {
    await removeZombieLock(data)
    return control('status').then(
      () => true,
      () => false,
    )
  }
  const startOn = async (port: number) => {
    if (await isTooLarge(logFile, maxLogBytes)) await rename(logFile, `${logFile}.1`)
    const flags = { ...settings, port: String(port), listen_addresses: '127.0.0.1', unix_socket_directories: '' }
    const options = Object.entries(flags)
      .map(([name, value]) => `-c ${name}='${value}'`)
      .join(' ')
    await control('start', '-w', '-t', '60', '-l', logFile, '-o', options)
  }
  const revive = async (port?: number): Promise<boolean> => {
    for (let attempt = 1; !(await isRunning()); attempt++) {
      try {
        await startOn(port ?? (await freePort()))
        return true
      } catch (error) {
        // Another process may be starting it, or workers of a killed one still hold its shared memory.
        if (attempt === MAX_START_ATTEMPTS) throw new EmbeddedPostgresFailed('start', root, new Error(`${outputOf(error)}\n${await lastLines(logFile)}`))
        await delay(250)
      }
    }
    return false
  }

  const started = await revive()
  const port = await portOf(data)
  return {
    url: `postgres://tollgate:${password}@127.0.0.1:${port}/postgres`,
    started,
    revive: async () => {
      await revive(port)
    },
    // PostgreSQL keeps the file open for appending, so it cannot be renamed. Lines that are written between the two steps are lost.
    rotateLog: async () => {
      if (!(await isTooLarge(logFile, maxLogBytes))) return
      await copyFile(logFile, `${logFile}.1`)
      await truncate(logFile)
    },
    stop: async () => {
      await control('stop', '-w', '-m', 'fast').catch(() => {}) // It is already stopped.
    },
  }
}

/** Reads the port from the fourth line of PostgreSQL's lock file. */
async function portOf(data: string): Promise<number> {
  const lines = (await readFile(lockFile(data), 'utf8')).split('\n')
  return Number(lines[3])
}

/**
 * Removes the lock file of a zombie. In a container without an init process, a killed process stays in the process table
 * forever and looks alive to PostgreSQL. PostgreSQL checks by itself that the shared memory is free.
 */
async function removeZombieLock(data: string): Promise<void> {
  const lock = await readFile(lockFile(data), 'utf8').catch(() => '')
  const status = await readFile(`/proc/${Number.parseInt(lock, 10)}/status`, 'utf8').catch(() => '')
  if (/^State:\s+Z/m.test(status)) await rm(lockFile(data), { force: true })
}

function lockFile(data: string): string {
  return join(data, 'postmaster.pid')
}

function freePort(): Promise<number> {
  return new Promise((settle, fail) => {
    const server = createServer()
    server.on('error', fail)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => settle(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}

async function isTooLarge(file: string, maxBytes: number): Promise<boolean> {
  const size = await stat(file).then(
    entry => entry.size,
    () => 0,
  )
  return size > maxBytes
}

async function lastLines(file: string): Promise<string> {
  const log = await readFile(file, 'utf8').catch(() => '')
  return log.trimEnd().split('\n').slice(-6).join('\n')
}

function outputOf(error: unknown): string {
  const { stderr, stdout, message } = error as { stderr?: string; stdout?: string; message?: string }
  return [stderr, stdout, message].find(text => text !== undefined && text.trim() !== '')?.trim() ?? String(error)
}

import { execFile } from 'node:child_process'
import { readFile, rename, rm, stat } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import { DomainError } from '@tollgate/kernel'
import { postgresAccount } from './account.ts'
import { postgresBinaries } from './binaries.ts'
import { clusterPaths, prepareCluster, prepareRoot } from './cluster.ts'
import { ensureReach } from './reach.ts'

const run = promisify(execFile)

/** A real PostgreSQL under a directory of ours, on a free port of this machine only. */
export interface EmbeddedPostgres {
  /** As its superuser, to the database `postgres`. */
  readonly url: string
  /** False where it was running already: left behind by a killed process, or started by another command. */
  readonly started: boolean
  /** Starts it again, on the same port, where it no longer runs. Throws `EmbeddedPostgresFailed`. */
  revive(): Promise<void>
  /** Lets transactions in progress fail and stops; data stay. */
  stop(): Promise<void>
}

/** Where its files are, and how it runs. */
export interface EmbeddedPostgresOptions {
  /** Made when it is missing. */
  readonly directory: string
  /** Settings of PostgreSQL, such as `{ fsync: 'off' }` for tests. */
  readonly settings?: Readonly<Record<string, string>>
}

/** PostgreSQL could not be set up or started; the message carries its own words. */
export class EmbeddedPostgresFailed extends DomainError<'EMBEDDED_POSTGRES_FAILED'> {
  constructor(doing: string, directory: string, cause: unknown) {
    super('EMBEDDED_POSTGRES_FAILED', `PostgreSQL could not ${doing} in ${directory}: ${outputOf(cause)}`, { cause })
  }
}

const START_ATTEMPTS = 8
const MAX_LOG_BYTES = 16 * 1024 * 1024

/**
 * Starts PostgreSQL, or joins the one that already runs in the directory. It is a process group of its own, so that
 * Ctrl-C reaches the server alone, which stops it last. A lock left by a kill -9 is recovered from.
 */
export async function startEmbeddedPostgres({ directory, settings = {} }: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const binaries = await postgresBinaries()
  const { root, data, logFile } = clusterPaths(resolve(directory))
  const failedTo = (doing: string) => (error: unknown) => {
    throw error instanceof DomainError ? error : new EmbeddedPostgresFailed(doing, root, error)
  }
  const account = await postgresAccount(data)
  await prepareRoot(root, account).catch(failedTo('be set up'))
  await ensureReach(account, binaries, root)
  const { password } = await prepareCluster({ initdb: binaries.initdb, root, account }).catch(failedTo('be set up'))

  const control = (...args: string[]) => run(binaries.pg_ctl, ['-D', data, ...args], { ...account, cwd: root })
  const isRunning = async () => {
    await forgetZombie(data)
    return control('status').then(
      () => true,
      () => false,
    )
  }
  const startOn = async (port: number) => {
    await limitLog(logFile)
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
        // Another process may just be starting it, or the workers of one that was killed still hold its memory.
        if (attempt === START_ATTEMPTS) throw new EmbeddedPostgresFailed('start', root, new Error(`${outputOf(error)}\n${await lastLines(logFile)}`))
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
    stop: async () => {
      await control('stop', '-w', '-m', 'fast').catch(() => {}) // Already down is what was asked for.
    },
  }
}

/** PostgreSQL keeps its port in the fourth line of its lock file. */
async function portOf(data: string): Promise<number> {
  const lines = (await readFile(lockFile(data), 'utf8')).split('\n')
  return Number(lines[3])
}

/**
 * A killed process that nobody waits for stays in the process table: in containers without an init, for ever. To
 * PostgreSQL it looks alive, so its lock is removed here; that its memory is free, PostgreSQL checks by itself.
 */
async function forgetZombie(data: string): Promise<void> {
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

/** PostgreSQL appends to its log for ever; the one before is kept. */
async function limitLog(file: string): Promise<void> {
  const size = await stat(file).then(
    entry => entry.size,
    () => 0,
  )
  if (size > MAX_LOG_BYTES) await rename(file, `${file}.1`)
}

async function lastLines(file: string): Promise<string> {
  const log = await readFile(file, 'utf8').catch(() => '')
  return log.trimEnd().split('\n').slice(-6).join('\n')
}

function outputOf(error: unknown): string {
  const { stderr, stdout, message } = error as { stderr?: string; stdout?: string; message?: string }
  return [stderr, stdout, message].find(text => text !== undefined && text.trim() !== '')?.trim() ?? String(error)
}

import { setTimeout as delay } from 'node:timers/promises'
import { postgresChildren, postgresPid, suspendPostgres } from '../kit/postgres-process.ts'
import type { Inject } from './fault.ts'
import type { FaultKind } from './schedule.ts'

type PostgresFault = Extract<FaultKind, `${string} PostgreSQL` | 'kill a backend' | 'slow disk' | 'full disk'>

/** The processes of PostgreSQL that read and write files in the background. */
const DISK_PROCESSES = /^postgres: (?:walwriter|checkpointer|background writer|io worker)/
const STOPPED_MS = 400
const RUNNING_MS = 100

/** Faults of PostgreSQL and its disk. They hit both servers. */
export const postgresFaults: Readonly<Record<PostgresFault, Inject>> = {
  'kill PostgreSQL': async ({ installation: { dataDirectory, postgres } }) => {
    process.kill(await postmaster(dataDirectory), 'SIGKILL')
    return { did: 'killed the postmaster', end: () => postgres.revive() }
  },
  'restart PostgreSQL': async ({ installation: { postgres } }) => {
    await postgres.stop()
    return { did: 'stopped PostgreSQL in fast mode', end: () => postgres.revive() }
  },
  // PostgreSQL ends all its other processes too, and recovers by itself.
  'kill a backend': async ({ installation: { dataDirectory }, fault: { dice } }) => {
    const backends = (await postgresChildren(await postmaster(dataDirectory))).filter(({ title }) => /^postgres: \S+ tollgate /.test(title))
    const backend = backends[Math.floor(dice * backends.length)]
    if (backend !== undefined) process.kill(backend.pid, 'SIGKILL')
    return { did: `killed ${backend?.title ?? 'no backend: there was none'}`, end: async () => {} }
  },
  'stop PostgreSQL': async ({ installation: { dataDirectory } }) => {
    const resume = await suspendPostgres(dataDirectory)
    return { did: 'suspended all processes of PostgreSQL', end: async () => resume() }
  },
  // Without root, a disk cannot be slowed down. This delays what the disk would: each flush of the log, and work in the background.
  'slow disk': async ({ installation: { dataDirectory, query } }) => {
    await query('alter system set commit_delay = 100000')
    await query('alter system set commit_siblings = 0')
    await query('select pg_reload_conf()')
    const processes = (await postgresChildren(await postmaster(dataDirectory))).filter(({ title }) => DISK_PROCESSES.test(title))
    const signal = (name: 'SIGSTOP' | 'SIGCONT') => {
      for (const { pid } of processes) signalIfAlive(pid, name)
    }
    const ending = new AbortController()
    const cycles = (async () => {
      while (!ending.signal.aborted) {
        signal('SIGSTOP')
        await delay(STOPPED_MS)
        signal('SIGCONT')
        await delay(RUNNING_MS)
      }
    })()
    return {
      did: `delayed each flush by 100 ms, and stopped ${processes.length} processes that use the disk for ${STOPPED_MS} of every ${STOPPED_MS + RUNNING_MS} ms`,
      async end() {
        ending.abort()
        await cycles
        await query('alter system reset commit_delay')
        await query('alter system reset commit_siblings')
        await query('select pg_reload_conf()')
      },
    }
  },
  'full disk': async ({ installation: { smallDisk, postgres } }) => {
    if (typeof smallDisk === 'string') throw new Error(`PostgreSQL has no small disk: ${smallDisk}`)
    await smallDisk.fill()
    return {
      did: 'filled the disk of PostgreSQL',
      async end() {
        await smallDisk.clear()
        await postgres.revive() // It ends if it cannot write its log.
      },
    }
  },
}

async function postmaster(dataDirectory: string): Promise<number> {
  const pid = await postgresPid(dataDirectory)
  if (pid === undefined) throw new Error('PostgreSQL does not run.')
  return pid
}

function signalIfAlive(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

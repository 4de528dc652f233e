import { setTimeout as delay } from 'node:timers/promises'
import { WRITE_TIMEOUTS } from '../../apps/server/src/database/database-pools.ts'
import { type DatabaseLine, openDatabaseLine } from '../kit/database-line.ts'
import { type ServerProcess, startServer } from '../kit/server-process.ts'
import { shiftedClock } from '../kit/shifted-process.ts'
import { openTcpLine, type TcpLine } from '../kit/tcp-line.ts'
import { createLineClient, type LineClient } from './line-client.ts'
import type { Random } from './random.ts'

const READ_WAIT_SECONDS = 5
const HOUR_MS = 3_600_000

/** A PostgreSQL that hangs counts as away after this time. */
const HANG_NOTICED_MS = 5_000

/** Machines on which tests run are busy. */
const SLACK = 2

/** The longest that a server may take for an answer if one of its connections hangs: a call waits for its turn and uses the connection. */
export const DEADLINE_MS = SLACK * (READ_WAIT_SECONDS * 1_000 + WRITE_TIMEOUTS.useMs)

/** The longest otherwise: a call waits for its turn and for a lock, until the database counts as away. */
export const USUAL_DEADLINE_MS = SLACK * (READ_WAIT_SECONDS * 1_000 + WRITE_TIMEOUTS.lockMs + HANG_NOTICED_MS)

/** A server process with a line to its clients and one to its database. */
export interface FaultyServer {
  readonly name: string
  readonly databaseLine: DatabaseLine
  readonly clientLine: TcpLine
  readonly client: LineClient
  /** The running process, or the last one. */
  process(): ServerProcess
  /** Starts a process, and again as long as it ends before it is ready, as an orchestrator would. */
  start(options: { shiftMs: number }): Promise<void>
  /** Shifts the clock of its machine, and returns by how many hours. The second time changes nothing. */
  shiftClock(): number
  /** Marks the time in which answers may be lost between server and client, so that no deadline applies. */
  disturb(): void
  /** Ends that time. The client closes its connections, because some may be half open. */
  undisturb(): void
  /** Returns a function that tells whether answers may have been lost since the call. */
  watchForDisturbance(): () => boolean
  isReady(): Promise<boolean>
  close(): Promise<void>
}

/** Creates a server and its lines. Call `start`. */
export async function createFaultyServer({ name, databaseUrl, random }: { name: string; databaseUrl: string; random: Random }): Promise<FaultyServer> {
  let port = 0
  let running: ServerProcess | undefined
  let isClosed = false
  let disturbances = 0
  let isDisturbed = false
  let shiftOnSignalMs = 0
  const databaseLine = await openDatabaseLine(databaseUrl)
  const clientLine = await openTcpLine({ host: '127.0.0.1', port: () => port })
  const client = createLineClient({ port: clientLine.port, timeoutMs: DEADLINE_MS })
  const process = () => {
    if (running === undefined) throw new Error(`Server ${name} was not started.`)
    return running
  }

  return {
    name,
    databaseLine,
    clientLine,
    client,
    process,
    async start({ shiftMs }) {
      shiftOnSignalMs = random.pick([-48, -1, 1, 24]) * HOUR_MS
      const environment = {
        PORT: String(port),
        DATABASE_URL: databaseLine.url,
        TOLLGATE_READ_WAIT_SECONDS: String(READ_WAIT_SECONDS),
        TOLLGATE_MAX_CLOCK_OFFSET_SECONDS: '0',
        TOLLGATE_DRAIN_SECONDS: '5',
        LOG_LEVEL: 'warn',
        ...shiftedClock({ shiftMs, shiftOnSignalMs }),
      }
      for (;;) {
        try {
          running = await startServer({ environment, survivesCtrlC: true })
          port = Number(new URL(running.url).port)
          return
        } catch (error) {
          if (isClosed || running === undefined) throw error
          await delay(500)
        }
      }
    },
    shiftClock() {
      process().signal('SIGUSR2')
      return shiftOnSignalMs / HOUR_MS
    },
    disturb() {
      isDisturbed = true
      disturbances += 1
    },
    undisturb() {
      client.hangUp()
      isDisturbed = false
    },
    watchForDisturbance() {
      const before = disturbances
      const wasDisturbed = isDisturbed
      return () => wasDisturbed || disturbances > before
    },
    async isReady() {
      try {
        return (await fetch(`${process().url}/readyz`, { signal: AbortSignal.timeout(DEADLINE_MS) })).ok
      } catch {
        return false
      }
    },
    async close() {
      isClosed = true
      client.hangUp()
      await running?.kill()
      await Promise.all([clientLine.close(), databaseLine.close()])
    },
  }
}

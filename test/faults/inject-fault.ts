import type { Inject, RunningFault } from './fault.ts'
import type { Installation } from './installation.ts'
import { postgresFaults } from './postgres-faults.ts'
import type { FaultKind, ScheduledFault } from './schedule.ts'

const HOUR_MS = 3_600_000
const SHIFTS_MS = [0, 0, -HOUR_MS, 24 * HOUR_MS]
const MAX_LINE_DELAY_MS = 80
const RESET_EVERY_MS = 200

const INJECT: Readonly<Record<FaultKind, Inject>> = {
  'kill server': async ({ server, fault }) => {
    await server.process().kill()
    return { did: `killed ${server.name}`, end: () => server.start({ shiftMs: shiftOf(fault) }) }
  },
  'replace server': async ({ server, fault }) => {
    const exitCode = await server.process().stop()
    if (exitCode !== 0) throw new Error(`Server ${server.name} ended with ${exitCode}.`)
    return { did: `stopped ${server.name} with SIGTERM`, end: () => server.start({ shiftMs: shiftOf(fault) }) }
  },
  'stop server': async ({ server }) => {
    const { signal } = server.process()
    server.disturb()
    signal('SIGSTOP')
    return {
      did: `suspended ${server.name}`,
      async end() {
        signal('SIGCONT')
        server.undisturb()
      },
    }
  },
  'shift clock': async ({ server }) => {
    const hours = server.shiftClock()
    return { did: `set the clock of ${server.name} to ${hours} h off`, end: async () => {} }
  },
  'reset clients': async ({ server }) => repeatedly(`reset the clients of ${server.name}`, () => server.clientLine.reset()),
  'silent clients': async ({ server }) => {
    server.disturb()
    server.clientLine.silence()
    return {
      did: `silenced the clients of ${server.name}`,
      async end() {
        await server.clientLine.mend()
        server.undisturb()
      },
    }
  },
  'half-open clients': async ({ server }) => {
    server.disturb()
    server.clientLine.abandon()
    return { did: `left the clients of ${server.name} half open`, end: async () => server.undisturb() }
  },
  'slow clients': async ({ server, fault }) => {
    const delayMs = delayOf(fault)
    server.clientLine.slowDown(delayMs)
    return { did: `delayed the clients of ${server.name} by ${delayMs} ms`, end: () => server.clientLine.mend() }
  },
  'refused database connections': async ({ server }) => {
    await server.databaseLine.cut()
    return { did: `cut ${server.name} off PostgreSQL`, end: () => server.databaseLine.mend() }
  },
  'reset database connections': async ({ server }) => repeatedly(`reset the connections of ${server.name} to PostgreSQL`, () => server.databaseLine.reset()),
  'silent database connections': async ({ server }) => {
    server.databaseLine.silence()
    return { did: `silenced the connections of ${server.name} to PostgreSQL`, end: () => server.databaseLine.mend() }
  },
  'slow database connections': async ({ server, fault }) => {
    const delayMs = delayOf(fault)
    server.databaseLine.slowDown(delayMs)
    return { did: `delayed the connections of ${server.name} to PostgreSQL by ${delayMs} ms`, end: () => server.databaseLine.mend() }
  },
  'half-open database connections': async ({ server }) => {
    server.databaseLine.abandon()
    return { did: `left the connections of ${server.name} to PostgreSQL half open`, end: async () => {} }
  },
  'one half-open database connection': async ({ installation, server }) => {
    const rows = await installation.query<{ port: number }>(`select client_port as port from pg_stat_activity where application_name like '%, writes'`)
    server.databaseLine.abandonOne(new Set(rows.map(({ port }) => port)))
    return { did: `left one connection of ${server.name} for writes half open`, end: async () => {} }
  },
  ...postgresFaults,
}

/** Begins a scheduled fault. */
export function injectFault(installation: Installation, fault: ScheduledFault): Promise<RunningFault> {
  const server = installation.servers[fault.server]
  if (server === undefined) throw new Error(`There is no server ${fault.server}.`)
  return INJECT[fault.kind]({ installation, server, fault })
}

function repeatedly(did: string, act: () => void): RunningFault {
  act()
  const timer = setInterval(act, RESET_EVERY_MS)
  return { did, end: async () => clearInterval(timer) }
}

function shiftOf({ dice }: ScheduledFault): number {
  return SHIFTS_MS[Math.floor(dice * SHIFTS_MS.length)] ?? 0
}

function delayOf({ dice }: ScheduledFault): number {
  return Math.ceil(dice * MAX_LINE_DELAY_MS)
}

import { setTimeout as delay } from 'node:timers/promises'
import { runCommand } from '../kit/command.ts'
import { eventually } from '../kit/eventually.ts'
import { checkPromises, type PromiseCheck } from './check-promises.ts'
import { DEADLINE_MS, USUAL_DEADLINE_MS } from './faulty-server.ts'
import { injectFault } from './inject-fault.ts'
import { type Installation, startInstallation } from './installation.ts'
import { createLedger, type Ledger, type RequestCounts } from './ledger.ts'
import { type Pause, startLoad } from './load.ts'
import { seededRandom } from './random.ts'
import { isLong, type ScheduleStep } from './schedule.ts'
import { createSender } from './send-until-known.ts'
import { createLoadTenants, type LoadTenant } from './tenants.ts'
import { ENFORCE, HOLD_SECONDS } from './use-quotas.ts'

/** A run of the fault suite. */
export interface FaultRun {
  readonly seed: number
  /** Chooses the steps once it is known whether a disk can be filled. */
  readonly steps: (options: { hasSmallDisk: boolean }) => Iterable<ScheduleStep>
  /** Whether to start another step. */
  readonly goesOn: () => boolean
  readonly callers: number
  /** Between the calls of a caller. */
  readonly pauseMs: Pause
  readonly isShort: boolean
  readonly report: (line: string) => void
}

/** What a run did and found. */
export interface FaultReport {
  /** Faults by kind. */
  readonly faults: Readonly<Record<string, number>>
  readonly requests: RequestCounts
  readonly acknowledgedEvents: number
  readonly degradedDecisions: number
  readonly slowestRequestMs: number
  readonly slowestRecoveryMs: number
  /** Why no disk was filled. */
  readonly noSmallDisk: string | undefined
  /** Broken promises. Empty if all were kept. */
  readonly breaches: readonly string[]
}

/** Servers may need as long as a request: a connection that hangs is given up after that time. */
const RECOVERY_MS = DEADLINE_MS
const CALM_MS = 700
const WARM_UP_MS = 500

/** Starts two servers and a load, and disturbs them step by step. After each step everything is compared with the ledger. */
export async function runFaults({ seed, steps, goesOn, callers, pauseMs, isShort, report }: FaultRun): Promise<FaultReport> {
  const random = seededRandom(seed)
  const ledger = createLedger()
  await using installation = await startInstallation({ random, onSmallDisk: !isShort })
  const { smallDisk, servers } = installation
  const noSmallDisk = typeof smallDisk === 'string' ? smallDisk : undefined
  if (noSmallDisk !== undefined) report(`No disk is filled: ${noSmallDisk}.`)
  const tenants = await createLoadTenants(installation)
  const sender = createSender({ servers, ledger, random, maxInFlight: Math.ceil(callers / 2) })
  const load = startLoad({ callers, pauseMs, tenants, sender, ledger, random })
  const check = { installation, tenants, ledger, sender }
  const faults: Record<string, number> = {}
  let slowestRecoveryMs = 0

  try {
    await delay(WARM_UP_MS)
    for (const step of steps({ hasSmallDisk: noSmallDisk === undefined })) {
      if (!goesOn()) break
      const before = { ...ledger.requests }
      const slowestBefore = ledger.slowestMs
      ledger.slowestMs = 0
      sender.setDeadline(step.some(({ kind }) => isLong(kind)) ? DEADLINE_MS : USUAL_DEADLINE_MS)
      report(step.map(({ kind, lastsMs }) => `${kind}, ${lastsMs} ms`).join('; '))
      const did = await disturb(installation, step)
      const recoveredMs = await recover(check, tenants)
      slowestRecoveryMs = Math.max(slowestRecoveryMs, recoveredMs)
      sender.expectAnswers(true)
      await delay(CALM_MS)
      await load.pause()
      await checkPromises(check)
      sender.expectAnswers(false)
      for (const { kind } of step) faults[kind] = (faults[kind] ?? 0) + 1
      report(
        `  ${did}. Recovered after ${Math.round(recoveredMs)} ms. Slowest request: ${Math.round(ledger.slowestMs)} ms. Requests: ${describeCounts(ledger.requests, before)}.`,
      )
      ledger.slowestMs = Math.max(ledger.slowestMs, slowestBefore)
      if (ledger.breaches.length > 0) break
      ledger.nextRound()
      load.resume()
    }
    await load.stop()
    if (!isShort) await checkExpiredHolds(check, report)
    await checkByCommand(installation, ledger, 'usage')
    await checkByCommand(installation, ledger, 'credits')
  } catch (error) {
    ledger.breach((error as Error).message)
  } finally {
    sender.stop()
    await load.stop()
  }
  return {
    faults,
    requests: ledger.requests,
    acknowledgedEvents: ledger.rounds().reduce((sum, round) => sum + tenants.reduce((events, { id }) => events + ledger.of(id, round).events.size, 0), 0),
    degradedDecisions: ledger.degradedDecisions,
    slowestRequestMs: ledger.slowestMs,
    slowestRecoveryMs,
    noSmallDisk,
    breaches: ledger.breaches,
  }
}

/** Begins the faults of a step, waits and ends them. Returns what they did. */
async function disturb(installation: Installation, step: ScheduleStep): Promise<string> {
  const parts = await Promise.allSettled(
    step.map(async scheduled => {
      const fault = await injectFault(installation, scheduled)
      await delay(scheduled.lastsMs)
      await fault.end()
      return fault.did
    }),
  )
  const failed = parts.find(part => part.status === 'rejected')
  if (failed !== undefined) throw failed.reason
  return parts.map(part => (part.status === 'fulfilled' ? part.value : '')).join(' and ')
}

const PROBE = { query: ENFORCE, variables: { input: { requests: [{ metric: 'CREDITS', amount: 1 }] } } }

/** Waits until every server is ready and decides by the database, without help. Returns how long it took. */
async function recover({ installation: { servers } }: { installation: Installation }, [tenant]: readonly LoadTenant[]): Promise<number> {
  const endedAt = performance.now()
  await Promise.all(
    servers.map(server =>
      eventually(
        `server ${server.name} has recovered`,
        async () => {
          if (!(await server.isReady())) return false
          const reply = await server.client.send(tenant?.key ?? '', PROBE)
          return reply.kind === 'answer' && !reply.data.decision.degraded
        },
        RECOVERY_MS,
      ),
    ),
  )
  return performance.now() - endedAt
}

/** Holds whose answer was lost expire, and then hold nothing. */
async function checkExpiredHolds(check: PromiseCheck, report: FaultRun['report']): Promise<void> {
  const { ledger, tenants } = check
  report(`Waits ${HOLD_SECONDS} s for holds to expire.`)
  const quotas = ledger.rounds().flatMap(round => tenants.map(({ id }) => ledger.of(id, round).quotas.hold))
  await delay(HOLD_SECONDS * 1_000)
  for (const quota of quotas) quota.open = 0
  await checkPromises(check)
}

/** Compares all rollups with the events, or all balances with the entries. */
async function checkByCommand({ commandEnvironment }: Installation, ledger: Ledger, what: 'usage' | 'credits'): Promise<void> {
  const { exitCode, stderr } = await runCommand([what, 'verify'], commandEnvironment)
  if (exitCode !== 0) ledger.breach(`"${what} verify" failed: ${stderr}`)
}

function describeCounts(counts: RequestCounts, before: RequestCounts): string {
  const added = Object.entries(counts).map(([outcome, count]) => [outcome, count - (before[outcome] ?? 0)] as const)
  return added
    .filter(([, count]) => count > 0)
    .map(([outcome, count]) => `${count} × ${outcome}`)
    .join(', ')
}

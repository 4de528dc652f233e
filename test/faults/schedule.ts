import { type Random, seededRandom } from './random.ts'

/** What a fault disturbs. Two faults happen at once only if these differ. */
type Part = 'postgres' | 'server' | 'clients' | 'connections'

interface FaultTerms {
  readonly part: Part
  /** How long it lasts, in milliseconds. */
  readonly lastsMs: readonly [from: number, to: number]
  /** Requests that use a connection that hangs fail late. Too long for the short form. */
  readonly isLong?: true
  /** Needs a file system of its own. */
  readonly needsSmallDisk?: true
}

/** Each kind of fault. */
export const FAULTS = {
  'kill server': { part: 'server', lastsMs: [0, 1_500] },
  'stop server': { part: 'server', lastsMs: [1_000, 17_000] },
  'replace server': { part: 'server', lastsMs: [0, 500] },
  'shift clock': { part: 'server', lastsMs: [500, 1_500] },
  'kill PostgreSQL': { part: 'postgres', lastsMs: [0, 3_000] },
  'kill a backend': { part: 'postgres', lastsMs: [0, 500] },
  'restart PostgreSQL': { part: 'postgres', lastsMs: [0, 2_000] },
  'stop PostgreSQL': { part: 'postgres', lastsMs: [1_500, 8_000] },
  'slow disk': { part: 'postgres', lastsMs: [2_000, 4_000] },
  'full disk': { part: 'postgres', lastsMs: [2_000, 5_000], needsSmallDisk: true },
  'reset clients': { part: 'clients', lastsMs: [500, 1_500] },
  'silent clients': { part: 'clients', lastsMs: [1_000, 4_000] },
  'half-open clients': { part: 'clients', lastsMs: [500, 1_500] },
  'slow clients': { part: 'clients', lastsMs: [1_000, 3_000] },
  'refused database connections': { part: 'connections', lastsMs: [500, 4_000] },
  'reset database connections': { part: 'connections', lastsMs: [500, 1_500] },
  'silent database connections': { part: 'connections', lastsMs: [1_500, 8_000] },
  'slow database connections': { part: 'connections', lastsMs: [1_500, 3_000] },
  'half-open database connections': { part: 'connections', lastsMs: [1_000, 6_000] },
  'one half-open database connection': { part: 'connections', lastsMs: [32_000, 34_000], isLong: true },
} satisfies Record<string, FaultTerms>

/** A kind of fault. */
export type FaultKind = keyof typeof FAULTS

/** One fault of a schedule. */
export interface ScheduledFault {
  readonly kind: FaultKind
  /** The server that it hits, if it hits one of the two. */
  readonly server: number
  readonly lastsMs: number
  /** Decides the rest: 0 up to 1. */
  readonly dice: number
}

/** Faults that happen at once. */
export type ScheduleStep = readonly ScheduledFault[]

const PAIRED = 0.25
const SERVERS = 2

/** Yields steps without end: every kind once in random order, then again in another order. */
export function* faultSchedule({ seed, kinds }: { seed: number; kinds: readonly FaultKind[] }): Generator<ScheduleStep, never> {
  const random = seededRandom(seed)
  for (;;) {
    for (const kind of random.shuffle(kinds)) {
      const first = draw(kind, random)
      const others = kinds.filter(other => FAULTS[other].part !== FAULTS[kind].part && !isLong(other))
      const isPaired = !isLong(kind) && others.length > 0 && random.chance(PAIRED)
      yield isPaired ? [first, draw(random.pick(others), random)] : [first]
    }
  }
}

/** Returns the kinds that this machine can produce, in the long or the short form. */
export function faultKinds({ hasSmallDisk, isShort }: { hasSmallDisk: boolean; isShort: boolean }): FaultKind[] {
  return (Object.keys(FAULTS) as FaultKind[]).filter(kind => {
    const terms: FaultTerms = FAULTS[kind]
    return (hasSmallDisk || terms.needsSmallDisk !== true) && !(isShort && isLong(kind))
  })
}

/** Whether requests may take until the use of a connection is given up. */
export function isLong(kind: FaultKind): boolean {
  const terms: FaultTerms = FAULTS[kind]
  return terms.isLong === true
}

function draw(kind: FaultKind, random: Random): ScheduledFault {
  const [from, to] = FAULTS[kind].lastsMs
  return { kind, server: random.between(0, SERVERS - 1), lastsMs: random.between(from, to), dice: random.next() }
}

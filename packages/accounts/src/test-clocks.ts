import { type Clock, DomainError, InvalidInput, NotFound, Temporal, type TenantClock, toMicrosecond } from '@tollgate/kernel'
import { checkedInput, checkShape, inputShape, requireText, requireTime, type TimeInput } from '@tollgate/kernel/input'
import type { TestClock } from './model/test-clock.ts'
import type { TestClockStore } from './test-clock-store.ts'

/** Maximum number of simulated tenants. */
export const MAX_TEST_CLOCKS = 100

/** Days by which one call advances a clock at most. */
export const MAX_ADVANCE_DAYS = 400

/** The tenant has data of real time, so it cannot be simulated. */
export class TenantHasData extends DomainError<'TENANT_HAS_DATA'> {
  readonly tenantId: string
  constructor(tenantId: string, what: string) {
    super('TENANT_HAS_DATA', `The tenant "${tenantId}" has ${what}, so it cannot be put on a test clock. Create a new tenant for the simulation.`)
    this.tenantId = tenantId
  }
}

/** Clocks of simulated tenants. All are kept in memory: there are few, and every decision asks for the time. */
export interface TestClocks {
  /** Shows simulated tenants the time of their own clock, and all others the time of the installation. */
  readonly clock: TenantClock
  /** Reads the clocks, again if they were read before. */
  load(): Promise<void>
  find(tenantId: string): TestClock | undefined
  /** All clocks, by the id of their tenant. */
  all(): readonly TestClock[]
  /** Puts a tenant on a clock. Throws `NotFound`, `TenantHasData` and `InvalidInput`. */
  create(input: TestClockDraft): Promise<TestClock>
  /** Starts to advance a clock. Throws `InvalidInput` for a time that is too far, and `NotFound`. */
  start(input: TestClockAdvance): Promise<TestClock>
  /** Moves a clock that is being advanced, never back. */
  move(tenantId: string, now: TimeInput): Promise<TestClock>
}

/** A clock to put a tenant on. */
export interface TestClockDraft {
  readonly tenantId: string
  /** The time that it starts with. */
  readonly now: TimeInput
}

/** How far to advance a clock. */
export interface TestClockAdvance {
  readonly tenantId: string
  readonly to: TimeInput
}

/** What test clocks need. */
export interface TestClocksDependencies {
  readonly store: TestClockStore
  /** The time of the installation. */
  readonly clock: Clock
  readonly hasTenant: (tenantId: string) => Promise<boolean>
  /** Says what data a tenant has ("usage"); undefined if it has none. */
  readonly dataOf: (tenantId: string) => Promise<string | undefined>
  /** Called after each change, to notify other processes. */
  readonly onChange: () => Promise<void>
}

const EARLIEST = /* @__PURE__ */ Temporal.Instant.from('2000-01-01T00:00:00Z')
const LATEST = /* @__PURE__ */ Temporal.Instant.from('2099-01-01T00:00:00Z')

const OPTIONS = inputShape<TestClocksDependencies>({ store: 'object', clock: 'object', hasTenant: 'function', dataOf: 'function', onChange: 'function' })
const DRAFT = inputShape<TestClockDraft>({ tenantId: 'text', now: 'time' })
const ADVANCE = inputShape<TestClockAdvance>({ tenantId: 'text', to: 'time' })

/** Creates test clocks over a store. Call `load` before the clock is used. Throws `InvalidInput` for options that it does not have, or that are missing. */
export function createTestClocks(options: TestClocksDependencies): TestClocks {
  checkShape(OPTIONS, options)
  const { store, clock, hasTenant, dataOf, onChange } = options
  let byTenant = new Map<string, TestClock>()
  let tenantIds: readonly string[] = []
  const keep = (clocks: Map<string, TestClock>) => {
    byTenant = clocks
    tenantIds = [...clocks.keys()]
  }
  const load = async () => keep(new Map((await store.all()).map(one => [one.tenantId, one])))
  const nowOf = (tenantId: string | null) => (tenantIds.length === 0 || tenantId === null ? undefined : byTenant.get(tenantId)?.now)
  const requireClock = (tenantId: string) => {
    const found = byTenant.get(tenantId)
    if (found === undefined) throw new NotFound('test clock of the tenant', tenantId)
    return found
  }
  const rejectData = async (tenantId: string) => {
    const data = await dataOf(tenantId)
    if (data !== undefined) throw new TenantHasData(tenantId, data)
  }
  async function move(tenantId: string, to: { readonly now: Temporal.Instant; readonly target: Temporal.Instant }): Promise<TestClock> {
    const moved = await store.move(tenantId, to)
    if (moved === undefined) throw new NotFound('test clock of the tenant', tenantId)
    keep(new Map(byTenant).set(tenantId, moved))
    await onChange()
    return moved
  }

  return {
    clock: {
      now: tenantId => nowOf(tenantId) ?? clock.now(),
      nowMs: tenantId => nowOf(tenantId)?.epochMilliseconds ?? clock.nowMs?.() ?? clock.now().epochMilliseconds,
      simulatedTenants: () => tenantIds,
    },
    load,
    find: tenantId => byTenant.get(tenantId),
    all: () => [...byTenant.values()].toSorted((one, other) => (one.tenantId < other.tenantId ? -1 : 1)),
    create: checkedInput(DRAFT, async ({ tenantId, now: requested }) => {
      const now = toMicrosecond(requireTime('now', requested))
      if (Temporal.Instant.compare(now, EARLIEST) < 0 || Temporal.Instant.compare(now, LATEST) > 0) {
        throw new InvalidInput([{ path: 'now', message: 'must be between the years 2000 and 2098' }])
      }
      if (!(await hasTenant(tenantId))) throw new NotFound('tenant', tenantId)
      await rejectData(tenantId)
      const created: TestClock = { tenantId, now, target: now, createdAt: toMicrosecond(clock.now()) }
      if (!(await store.add(created, MAX_TEST_CLOCKS))) {
        throw new InvalidInput([{ path: 'tenantId', message: `has a test clock already, or there are ${MAX_TEST_CLOCKS} test clocks, which is the maximum` }])
      }
      // Data may have arrived since it was looked for.
      await rejectData(tenantId).catch(async (error: unknown) => {
        await store.remove(tenantId)
        throw error
      })
      keep(new Map(byTenant).set(tenantId, created))
      await onChange()
      return created
    }),
    start: checkedInput(ADVANCE, async ({ tenantId, to: requested }) => {
      const to = toMicrosecond(requireTime('to', requested))
      await load()
      const { now } = requireClock(tenantId)
      const { compare } = Temporal.Instant
      if (compare(to, now) < 0) throw new InvalidInput([{ path: 'to', message: `must not be before the time of the clock (${now.toString()})` }])
      if (compare(to, now.add({ hours: MAX_ADVANCE_DAYS * 24 })) > 0 || compare(to, LATEST) > 0) {
        throw new InvalidInput([{ path: 'to', message: `must be at most ${MAX_ADVANCE_DAYS} days after the time of the clock (${now.toString()})` }])
      }
      return move(tenantId, { now, target: to })
    }),
    async move(tenantId, to) {
      requireText('tenantId', tenantId)
      const now = toMicrosecond(requireTime('now', to))
      return move(tenantId, { now, target: now })
    },
  }
}

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createQuotas } from '../../create-quotas.ts'
import type { PolicyDraft } from '../../model/policies/policy-draft.ts'
import type { QuotaStore } from '../../quota-store.ts'
import { type LeaseProcess, leaseProcesses } from '../builders/lease-processes.ts'

const PER_HOUR = { metric: 'requests', window: 'hour', lease: true } as const
const RUNS = 20

/** Leases of several processes over one store change no decision. */
export function leaseContract(store: () => QuotaStore): void {
  const processes = (count: number, ...policies: readonly PolicyDraft[]) => leaseProcesses(store(), count, ...policies)

  describe('leases', () => {
    it('are spent without asking the store, and count against the limit until they are reported', async () => {
      const { made, takeAll, warm, usage, stop } = processes(1, { ...PER_HOUR, limit: '100000' })
      const [one] = made
      await warm(one)
      const before = one?.decisions() ?? 0
      expect(await takeAll(one, 20)).toBe(20)
      expect(one?.decisions()).toBe(before)
      const { used, reserved } = await usage()
      expect(used).toBeLessThan(23)
      expect(used + reserved).toBeGreaterThanOrEqual(23)
      await stop()
      expect(await usage()).toEqual({ used: 23, reserved: 0 })
    })

    it('give decisions that show the counter, and when it resets', async () => {
      const { made, tenantId, takeAll, warm, stop } = processes(1, { ...PER_HOUR, limit: '100000' })
      await warm(made[0])
      await takeAll(made[0], 1)
      await made[0]?.report()
      const taken = await made[0]?.quotas.enforce({ tenantId, requests: [{ metric: 'requests', amount: '3' }], consume: true, dimensions: { customer: 'c' } })
      const [result] = taken?.results ?? []
      expect([result?.used?.toFixed(), result?.limit?.toFixed(), result?.resetsAt?.toString()]).toEqual(['7', '100000', '2026-11-20T13:00:00Z'])
      expect(JSON.parse(JSON.stringify(taken))).toMatchObject({ allowed: true, degraded: false, results: [{ used: '7' }] })
      await stop()
    })

    it('are returned when nothing is spent, and when the process stops', async () => {
      const { made, takeAll, warm, usage, stop } = processes(2, { ...PER_HOUR, limit: '100000' })
      await warm(made[0])
      expect((await usage()).reserved).toBeGreaterThan(0)
      await made[0]?.report()
      await made[0]?.report()
      expect(await usage()).toEqual({ used: 3, reserved: 0 })
      await warm(made[1])
      await takeAll(made[1], 5)
      await stop()
      expect(await usage()).toEqual({ used: 11, reserved: 0 })
    })

    it('grow with what is spent', async () => {
      const { made, takeAll, warm, stop } = processes(1, { ...PER_HOUR, limit: '10000000' })
      const [one] = made
      await warm(one)
      for (let i = 0; i < 6; i++) {
        await takeAll(one, 500)
        await one?.report()
      }
      const before = one?.decisions() ?? 0
      expect(await takeAll(one, 2_000)).toBe(2_000)
      expect(one?.decisions()).toBe(before)
      await stop()
    })

    it('are recalled for requests that need what they hold, so that exactly the limit is admitted', async () => {
      const { made, takeAll, warm, usage, stop } = processes(3, { ...PER_HOUR, limit: '400' })
      let admitted = 0
      for (const one of made) admitted += await warm(one)
      for (const one of made) admitted += await takeAll(one, 10)
      expect((await usage()).reserved).toBeGreaterThan(0)
      const [first] = made
      admitted += await takeAll(first, 400)
      expect(admitted).toBe(400)
      expect(await usage()).toEqual({ used: 400, reserved: 0 })
      for (const one of made) expect(await takeAll(one, 3)).toBe(0)
      await stop()
    })

    it('are recalled for a request that needs everything that is left, and not for one that cannot fit', async () => {
      const { made, take, warm, usage, stop } = processes(2, { ...PER_HOUR, limit: '400' })
      const [one, other] = made
      await warm(one)
      expect(await take(other, '398')).toBe(false)
      expect((await usage()).reserved).toBeGreaterThan(0)
      expect(await take(other, '397')).toBe(true)
      expect(await usage()).toEqual({ used: 400, reserved: 0 })
      await stop()
    })

    it('are recalled for reservations', async () => {
      const { made, tenantId, warm, stop } = processes(2, { ...PER_HOUR, limit: '400' })
      const [one, other] = made
      await warm(one)
      expect((await other?.quotas.reserve({ tenantId, requests: [{ metric: 'requests', amount: '397' }] }))?.allowed).toBe(true)
      await stop()
    })

    it('of a crashed process count as used when they expire, so that at most the limit is admitted', async () => {
      const { made, clock, tenantId, takeAll, warm, usage } = processes(2, { ...PER_HOUR, limit: '400' })
      const [dead, alive] = made
      const admitted = (await warm(dead)) + (await takeAll(dead, 10))
      const { used, reserved } = await usage()
      dead?.crash()
      clock.advance({ seconds: 2 })
      expect(await usage()).toEqual({ used: used + reserved, reserved: 0 })
      expect(await takeAll(alive, 500)).toBe(400 - used - reserved)
      expect(used + reserved).toBeGreaterThanOrEqual(admitted)
      const alerts = await (alive as LeaseProcess).quotas.alerts({ kind: 'tenants', tenantIds: [tenantId] }, { first: 10 })
      expect(alerts.map(({ threshold }) => threshold.toFixed())).toEqual(['50', '80', '100'])
      await alive?.quotas.stop()
    })

    it('of a process that reports again after they expired count once', async () => {
      const { made, clock, takeAll, warm, usage, stop } = processes(2, { ...PER_HOUR, limit: '400' })
      await warm(made[0])
      const { used, reserved } = await usage()
      clock.advance({ seconds: 10 })
      await takeAll(made[1], 1)
      await takeAll(made[0], 5)
      await stop()
      expect((await usage()).used).toBeLessThanOrEqual(used + reserved + 1 + 5)
      expect((await usage()).used).toBeGreaterThanOrEqual(used + reserved + 1)
    })

    it('end before a new limit is set, so that it applies to every later decision', async () => {
      const { made, tenantId, takeAll, warm, usage, stop } = processes(2, { ...PER_HOUR, limit: '4000' })
      const [one, other] = made
      const admitted = (await warm(one)) + (await takeAll(one, 10))
      await other?.quotas.setQuota({ tenantId, ...PER_HOUR, limit: String(admitted + 3) })
      expect(await usage()).toEqual({ used: admitted, reserved: 0 })
      expect(await takeAll(one, 20)).toBe(3)
      await stop()
    })

    it('belong to one window, and the next window has its own limit', async () => {
      const { made, clock, takeAll, warm, stop } = processes(2, { ...PER_HOUR, limit: '200' })
      clock.set('2026-11-20T12:59:59.900Z')
      const before = (await warm(made[0])) + (await takeAll(made[0], 10))
      clock.set('2026-11-20T13:00:00Z')
      let after = 0
      for (let i = 0; i < 150; i++) for (const one of made) after += await takeAll(one, 1)
      expect([before, after]).toEqual([13, 200])
      await stop()
    })

    it('of several counters are spent together or not at all', async () => {
      const { made, take, usage, stop } = processes(1, { ...PER_HOUR, limit: '10000' }, { ...PER_HOUR, scope: ['customer'], limit: '150' })
      const [one] = made
      let admitted = 0
      for (let i = 0; i < 200; i++) for (const customer of ['a', 'b']) admitted += Number(await take(one, '1', customer))
      expect(admitted).toBe(300)
      await stop()
      expect(await usage()).toEqual({ used: 300, reserved: 0 })
    })

    it('are spent exactly in fractions of a unit', async () => {
      const { made, takeAll, warm, usage, stop } = processes(2, { ...PER_HOUR, limit: '100' })
      let admitted = await warm(made[0], '0.3')
      admitted += await takeAll(made[0], 40, '0.3')
      admitted += await takeAll(made[1], 400, '0.3')
      expect(admitted).toBe(333)
      await stop()
      expect((await usage()).used).toBeCloseTo(99.9, 10)
    })

    it('are not taken without a lease policy, and rejected for sliding windows', async () => {
      const { made, takeAll, usage, stop } = processes(1, { ...PER_HOUR, lease: false, limit: '10000' })
      await takeAll(made[0], 20)
      await made[0]?.report()
      expect(await usage()).toEqual({ used: 20, reserved: 0 })
      await stop()
      expect(() => createQuotas({ store: store(), policies: [{ ...PER_HOUR, limit: '1', sliding: true }] })).toThrow(/lease/)
      expect(() => createQuotas({ store: store(), policies: [{ ...PER_HOUR, limit: '1', lease: { ttlSeconds: 11 } }] })).toThrow(/lease/)
    })

    it('admit the same as exact decisions for any sequence of requests, reservations, reports, changes of the limit and passing hours', async () => {
      const amount = fc.integer({ min: 0, max: 12 })
      const who = fc.nat({ max: 1 })
      const step = fc.oneof(
        { weight: 6, arbitrary: fc.record({ kind: fc.constant('take' as const), who, amount, times: fc.integer({ min: 1, max: 30 }) }) },
        { weight: 1, arbitrary: fc.record({ kind: fc.constant('reserve' as const), who, amount }) },
        { weight: 2, arbitrary: fc.record({ kind: fc.constant('report' as const), who }) },
        { weight: 1, arbitrary: fc.record({ kind: fc.constant('limit' as const), who, limit: fc.integer({ min: 0, max: 900 }) }) },
        { weight: 1, arbitrary: fc.record({ kind: fc.constant('pass' as const), minutes: fc.integer({ min: 1, max: 40 }) }) },
      )
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 25 }), async steps => {
          const { made, clock, tenantId, take, usage, stop } = processes(2, { ...PER_HOUR, limit: '600' })
          const model = { limit: 600, used: 0, hour: 12, minute: 0 }
          const isTaken = (asked: number) => {
            const fits = model.used + asked <= model.limit
            if (fits) model.used += asked
            return fits
          }
          for (const one of steps) {
            if (one.kind === 'take') {
              for (let i = 0; i < one.times; i++) expect(await take(made[one.who], String(one.amount))).toBe(isTaken(one.amount))
            } else if (one.kind === 'reserve') {
              const reserved = await made[one.who]?.quotas.reserve({ tenantId, requests: [{ metric: 'requests', amount: String(one.amount) }] })
              expect(reserved?.allowed).toBe(isTaken(one.amount))
              if (reserved?.allowed) await made[one.who]?.quotas.settle({ reservationId: reserved.reservation.id })
            } else if (one.kind === 'report') await made[one.who]?.report()
            else if (one.kind === 'limit') {
              await made[one.who]?.quotas.setQuota({ tenantId, ...PER_HOUR, limit: String(one.limit) })
              model.limit = one.limit
            } else {
              // Reports first, since leases expire two seconds after the last report.
              for (let i = 0; i < 3; i++) for (const process of made) await process.report()
              clock.advance({ minutes: one.minutes })
              const minutes = model.minute + one.minutes
              if (minutes >= 60) model.used = 0
              model.minute = minutes % 60
            }
          }
          await stop()
          expect(await usage()).toEqual({ used: model.used, reserved: 0 })
        }),
        { numRuns: RUNS },
      )
    })
  })
}

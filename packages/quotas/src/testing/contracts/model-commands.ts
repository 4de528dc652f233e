import { isDomainError, Temporal } from '@tollgate/kernel'
import fc from 'fast-check'
import { expect } from 'vitest'
import { countsFor, fits, type ModelReservation, type QuotaModel, type QuotasUnderModel } from './quota-model.ts'

type Command = fc.AsyncCommand<QuotaModel, QuotasUnderModel>

/** A command of the property: what it does to the model and to the quotas. */
function command(name: string, run: (model: QuotaModel, real: QuotasUnderModel) => Promise<void>): Command {
  return { check: () => true, run, toString: () => name }
}

const amounts = fc.integer({ min: 0, max: 70 })
const customers = fc.constantFrom('a', 'b')
const picks = fc.nat({ max: 9 })

function tokens(amount: number) {
  return [{ metric: 'tokens', amount: String(amount) }] as const
}

/** Returns arbitrary commands of every kind. */
export function quotaCommands(): fc.Arbitrary<Command>[] {
  return [
    fc.tuple(amounts, customers, fc.boolean()).map(([amount, customer, consume]) => enforce(amount, customer, consume)),
    fc.tuple(amounts, customers, fc.integer({ min: 1, max: 90 })).map(([amount, customer, ttl]) => reserve(amount, customer, ttl)),
    fc.tuple(picks, fc.option(amounts)).map(([pick, actual]) => settle(pick, actual)),
    picks.map(release),
    fc.tuple(picks, fc.integer({ min: 1, max: 90 })).map(([pick, ttl]) => extend(pick, ttl)),
    fc.tuple(amounts, customers, fc.nat({ max: 4_000 })).map(([amount, customer, agoSeconds]) => useEarlier(amount, customer, agoSeconds)),
    fc.constantFrom(1, 500, 1_000, 29_999, 60_000, 600_000, 3_600_000).map(passTime),
    fc
      .tuple(fc.integer({ min: 0, max: 300 }), fc.constantFrom('tenantHour', 'customerMinute', 'slidingHour'))
      .map(([limit, which]) => changeLimit(limit, which)),
    fc.constant(command('sweep', async (_, { quotas }) => void (await quotas.sweep()))),
  ]
}

function enforce(amount: number, customer: string, consume: boolean): Command {
  return command(`${consume ? 'take' : 'ask for'} ${amount} for ${customer}`, async (model, { quotas, tenantId }) => {
    const allowed = fits(model, customer, amount)
    const decision = await quotas.enforce({ tenantId, requests: tokens(amount), dimensions: { customer }, consume })
    expect(decision.allowed).toBe(allowed)
    if (allowed && consume) model.usage.push({ atMs: model.nowMs, customer, amount })
    expectCounts(model, customer, decision.results[0]?.checks)
  })
}

function reserve(amount: number, customer: string, ttlSeconds: number): Command {
  return command(`reserve ${amount} for ${customer}, ${ttlSeconds} s`, async (model, { quotas, tenantId, reservations }) => {
    const allowed = fits(model, customer, amount)
    const decision = await quotas.reserve({ tenantId, requests: tokens(amount), dimensions: { customer }, ttlSeconds })
    expect(decision.allowed).toBe(allowed)
    if (decision.allowed) {
      model.reservations.push({ atMs: model.nowMs, customer, amount, expiresAtMs: model.nowMs + ttlSeconds * 1_000, closed: null })
      reservations.push(decision.reservation.id)
    }
    expectCounts(model, customer, decision.results[0]?.checks)
  })
}

function settle(pick: number, actual: number | null): Command {
  return onReservation(`settle #${pick} with ${actual ?? 'what was held'}`, pick, async (model, { quotas }, { reservation, reservationId }) => {
    const settled = quotas.settle({ reservationId, ...(actual === null ? {} : { actual: tokens(actual) }) })
    if (reservation.closed === 'released') return refuses(settled)
    await settled
    if (reservation.closed === 'settled') return
    reservation.closed = 'settled'
    model.usage.push({ atMs: reservation.atMs, customer: reservation.customer, amount: actual ?? reservation.amount })
  })
}

function release(pick: number): Command {
  return onReservation(`release #${pick}`, pick, async (_, { quotas }, { reservation, reservationId }) => {
    const released = quotas.release({ reservationId })
    if (reservation.closed === 'settled') return refuses(released)
    await released
    reservation.closed = 'released'
  })
}

function extend(pick: number, ttlSeconds: number): Command {
  return onReservation(`extend #${pick} to ${ttlSeconds} s`, pick, async (model, { quotas }, { reservation, reservationId }) => {
    const extended = quotas.extend({ reservationId, ttlSeconds })
    if (reservation.closed !== null || reservation.expiresAtMs <= model.nowMs) return refuses(extended)
    const { expiresAt } = await extended
    reservation.expiresAtMs = Math.max(reservation.expiresAtMs, model.nowMs + ttlSeconds * 1_000)
    expect(expiresAt.epochMilliseconds).toBe(reservation.expiresAtMs)
  })
}

function useEarlier(amount: number, customer: string, agoSeconds: number): Command {
  return command(`${amount} were used for ${customer}, ${agoSeconds} s ago`, async (model, { quotas, tenantId }) => {
    const atMs = model.nowMs - agoSeconds * 1_000
    await quotas.consume({ tenantId, requests: tokens(amount), dimensions: { customer }, at: Temporal.Instant.fromEpochMilliseconds(atMs) })
    model.usage.push({ atMs, customer, amount })
  })
}

function passTime(milliseconds: number): Command {
  return command(`${milliseconds} ms pass`, async (model, { clock, quotas, tenantId }) => {
    clock.advance({ milliseconds })
    model.nowMs += milliseconds
    const usage = (await quotas.status({ tenantId })).quotas.filter(({ policy }) => policy.scope.length === 0)
    const [hour, , slidingHour] = countsFor(model, 'a')
    expect(usage.map(({ used, reserved }) => [used.toFixed(), reserved.toFixed()])).toEqual(
      [hour, slidingHour].map(({ used, held }) => [String(used), String(held)]),
    )
  })
}

const LIMITS = {
  tenantHour: { window: 'hour' },
  customerMinute: { window: 'minute', scope: ['customer'] },
  slidingHour: { window: 'hour', sliding: true },
} as const

function changeLimit(limit: number, which: keyof typeof LIMITS): Command {
  return command(`limit ${which} to ${limit}`, async (model, { quotas, tenantId }) => {
    await quotas.setQuota({ tenantId, metric: 'tokens', limit: String(limit), ...LIMITS[which] })
    model.limits[which] = limit
  })
}

interface Chosen {
  readonly reservation: ModelReservation
  readonly reservationId: string
}

function onReservation(name: string, pick: number, run: (model: QuotaModel, real: QuotasUnderModel, chosen: Chosen) => Promise<void>): Command {
  return {
    check: ({ reservations }) => reservations.length > 0,
    run: async (model, real) => {
      const position = pick % model.reservations.length
      const [reservation, reservationId] = [model.reservations[position], real.reservations[position]]
      if (reservation === undefined || reservationId === undefined) throw new Error('The model and the quotas granted different reservations')
      await run(model, real, { reservation, reservationId })
    },
    toString: () => name,
  }
}

async function refuses(work: Promise<unknown>): Promise<void> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(isDomainError(error) && error.code).toBe('RESERVATION_CLOSED')
}

type Checks = Awaited<ReturnType<QuotasUnderModel['quotas']['enforce']>>['results'][number]['checks']

function expectCounts(model: QuotaModel, customer: string, checks: Checks | undefined): void {
  expect(checks?.map(({ limit, used, reserved }) => [limit?.toFixed(), used?.toFixed(), reserved?.toFixed()])).toEqual(
    countsFor(model, customer).map(({ limit, used, held }) => [String(limit), String(used), String(held)]),
  )
}

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { GraphQLTestServer } from '../../../../graphql/testing/graphql-test-server.ts'
import { EXTEND, RELEASE, RESERVE, SETTLE, TRACK } from '../../testing/quota-operations.ts'
import { type QuotaTestServer, startQuotaTestServer, succeeded, tokens } from '../../testing/quota-test-server.ts'

let server: GraphQLTestServer
let newTenant: QuotaTestServer['newTenant']
let operator: QuotaTestServer['operator']
let quotaServer: QuotaTestServer
beforeAll(async () => {
  quotaServer = await startQuotaTestServer()
  ;({ server, newTenant, operator } = quotaServer)
})
afterAll(() => quotaServer.server.stop())

describe('reservations', () => {
  it('holds amounts and settles once, with the amounts used', async () => {
    const { id, call, status } = await newTenant({ tokensADay: '100' })
    const { reservation, decision } = await call(RESERVE, { requests: tokens('80'), ttlSeconds: 30 })
    expect(reservation).toEqual({
      id: expect.stringMatching(/^rsv_[0-9a-f-]{36}$/),
      state: 'HELD',
      createdAt: '2026-11-20T12:00:00Z',
      expiresAt: '2026-11-20T12:00:30Z',
      tenant: { id },
      requests: [{ metric: 'TOKENS', amount: '80' }],
    })
    expect(decision.results[0]).toMatchObject({ reserved: '80', remaining: '20' })
    expect(await call(RESERVE, { requests: tokens('21') })).toMatchObject({
      reservation: null,
      decision: { allowed: false, results: [{ retryAfterMs: 1_000 }] },
    })
    for (const _ of [1, 2]) expect(await call(SETTLE, { id: reservation.id, actual: tokens('31') })).toMatchObject({ reservation: { state: 'SETTLED' } })
    expect((await status()).quotas[0]).toMatchObject({ used: '31', reserved: '0' })
    expect(await call(RELEASE, { id: reservation.id })).toMatchObject({
      code: 'RESERVATION_CLOSED',
      state: 'SETTLED',
      message: `The reservation ${reservation.id} is settled. Make a new reservation.`,
    })
  })

  it('extends and releases a reservation', async () => {
    const { call, status } = await newTenant({ tokensADay: '100' })
    const { reservation } = await call(RESERVE, { requests: tokens('80'), ttlSeconds: 30 })
    expect((await call(EXTEND, { id: reservation.id, ttlSeconds: 90 })).reservation).toMatchObject({ state: 'HELD', expiresAt: '2026-11-20T12:01:30Z' })
    expect((await call(RELEASE, { id: reservation.id })).reservation.state).toBe('RELEASED')
    expect((await status()).quotas[0]).toMatchObject({ used: '0', reserved: '0' })
    expect(await call(EXTEND, { id: reservation.id, ttlSeconds: 90 })).toMatchObject({ code: 'RESERVATION_CLOSED', state: 'RELEASED' })
  })

  it('returns the current state after each mutation of one operation', async () => {
    const { key, call } = await newTenant({ tokensADay: '100' })
    const { reservation } = await call(RESERVE, { requests: tokens('80') })
    const query = `mutation ($id: ID!) {
      a: extendReservation(input: { id: $id, ttlSeconds: 60 }) { ... on ExtendReservationPayload { reservation { state } } }
      b: releaseReservation(input: { id: $id }) { ... on ReleaseReservationPayload { reservation { state } } }
    }`
    const { a, b } = succeeded(await server.send(key, query, { id: reservation.id }))
    expect([a.reservation.state, b.reservation.state]).toEqual(['HELD', 'RELEASED'])
  })

  it('is settled by the usage event that names it, and reported with every repetition of the event', async () => {
    const { key, call, status } = await newTenant({ tokensADay: '100' })
    const { reservation } = await call(RESERVE, { requests: tokens('80') })
    const event = { operation: 'chat', idempotencyKey: 'k', tokens: { input: 31 }, reservationId: reservation.id }
    const settled = { id: reservation.id, state: 'SETTLED' }
    expect((await call(TRACK, { events: [event] })).results).toEqual([{ outcome: 'ACCEPTED', reservation: settled }])
    expect((await call(TRACK, { events: [event] })).results).toEqual([{ outcome: 'DUPLICATE', reservation: settled }])
    expect((await status()).quotas[0]).toMatchObject({ used: '31', reserved: '0' })
    const { node } = succeeded(await server.send(key, 'query ($id: ID!) { node(id: $id) { id ... on Reservation { state } } }', { id: reservation.id }))
    expect(node).toEqual(settled)
  })

  it('records an event that names no reservation, an ended one, or one that does not exist', async () => {
    const { call, status } = await newTenant({ tokensADay: '100' })
    const { reservation } = await call(RESERVE, { requests: tokens('80') })
    await call(RELEASE, { id: reservation.id })
    const named = [undefined, reservation.id, 'rsv_01900000-0000-7000-8000-000000000000', 'nonsense']
    const { results } = await call(TRACK, { events: named.map(reservationId => ({ operation: 'chat', tokens: { input: 10 }, reservationId })) })
    const found = results.map((one: { reservation: { state: string } | null }) => one.reservation?.state ?? null)
    expect([found, (await status()).quotas[0].used]).toEqual([[null, 'RELEASED', null, null], '40'])
  })

  it('reports a reservation of another tenant as not found and does not change it', async () => {
    const [owner, other] = [await newTenant({ tokensADay: '100' }), await newTenant()]
    const { reservation } = await owner.call(RESERVE, { requests: tokens('80') })
    const { id } = reservation
    const notFound = { code: 'NOT_FOUND', message: `There is no reservation "${id}".` }
    expect(await other.call(SETTLE, { id })).toMatchObject(notFound)
    expect(await other.call(RELEASE, { id })).toMatchObject(notFound)
    expect(await other.call(EXTEND, { id, ttlSeconds: 10 })).toMatchObject(notFound)
    expect((await other.call(TRACK, { events: [{ operation: 'chat', reservationId: id }] })).results[0].reservation).toBeNull()
    expect((await server.send(other.key, 'query ($id: ID!) { node(id: $id) { id } }', { id })).data).toEqual({ node: null })
    expect((await owner.status()).quotas[0]).toMatchObject({ used: '0', reserved: '80' })
    expect(await operator(SETTLE, { id })).toMatchObject({ reservation: { state: 'SETTLED' } })
  })

  it.each(['evt_01900000-0000-7000-8000-000000000000', 'rsv_1', ''])('rejects %j, which is not the id of a reservation', async id => {
    const { call } = await newTenant()
    expect(await call(RELEASE, { id })).toMatchObject({ code: 'INVALID_INPUT', issues: [{ path: 'id' }] })
  })
})

import type { Viewer } from '@tollgate/accounts'
import { settableClock, Temporal } from '@tollgate/kernel'
import { expect, it, vi } from 'vitest'
import { demandStream } from '../../live/demand-stream.ts'
import { MAX_SUBSCRIPTIONS, MAX_SUBSCRIPTIONS_OF_CUSTOMER, MAX_SUBSCRIPTIONS_OF_TENANT } from '../limits/subscription-limits.ts'
import type { ExecutionResult } from 'graphql'
import { ServerStopping, SubscriberTooSlow, TooManySubscriptions } from './errors.ts'
import { createLiveOperations } from './live-operations.ts'

const tenant = (tenantId: string): Viewer => ({ kind: 'tenant', tenantId, keyId: 'k', scopes: new Set() })
const request = (viewer: Viewer) => ({ viewer, authorization: null, disconnect: () => {} })
const clock = settableClock('2026-11-20T12:00:00Z')
const start = () => createLiveOperations({ guard: { watch: () => () => {}, check: async () => {}, checkAll: async () => {} }, clock })

it('limits the subscriptions of each tenant separately', () => {
  const operations = start()
  const open = Array.from({ length: MAX_SUBSCRIPTIONS_OF_TENANT }, () => operations.open(request(tenant('acme'))))
  expect(() => operations.open(request(tenant('acme')))).toThrow(TooManySubscriptions)
  operations.open(request(tenant('globex')))
  open[0]?.close()
  open[0]?.close() // Counts once, however often it is closed.
  operations.open(request(tenant('acme')))
  expect(() => operations.open(request(tenant('acme')))).toThrow(TooManySubscriptions)
})

it('limits the subscriptions of each customer by access tokens, so that others of the tenant can subscribe', () => {
  const operations = start()
  const customer = (customerId: string): Viewer => ({
    kind: 'tenant',
    tenantId: 'acme',
    keyId: 'k',
    scopes: new Set(),
    accessToken: { customerId, expiresAt: Temporal.Instant.from('2026-11-20T13:00:00Z') },
  })
  const open = Array.from({ length: MAX_SUBSCRIPTIONS_OF_CUSTOMER }, () => operations.open(request(customer('a'))))
  expect(() => operations.open(request(customer('a')))).toThrow('20 subscriptions of this customer on this server')
  operations.open(request(customer('b')))
  operations.open(request(tenant('acme')))
  open[0]?.close()
  operations.open(request(customer('a')))
  expect(() => operations.open(request(customer('a')))).toThrow(TooManySubscriptions)
})

it('limits the subscriptions of the server, and accepts none after it stops', () => {
  const operations = start()
  const operator: Viewer = { kind: 'operator', keyId: null, scopes: new Set() }
  for (let count = 0; count < MAX_SUBSCRIPTIONS; count++) operations.open(request(operator))
  expect(() => operations.open(request(operator))).toThrow(TooManySubscriptions)
  operations.stop()
  expect(() => operations.open(request(operator))).toThrow(ServerStopping)
})

it('disconnects a client that processes a result for a minute, and none that waits for one', async () => {
  const operations = start()
  const open = async () => {
    const disconnect = vi.fn()
    const results = operations.open({ ...request(tenant('acme')), disconnect }).passOn({ source: counting(), onFailure: () => undefined })
    expect(await results.next()).toEqual({ done: false, value: { data: { count: 1 } } })
    return { disconnect, results }
  }
  const [stalled, waiting] = [await open(), await open()]
  const next = waiting.results.next()
  clock.advance({ seconds: 59 })
  operations.check()
  expect(operations.count()).toBe(2)
  clock.advance({ seconds: 1 })
  operations.check()
  expect([operations.count(), waiting.disconnect.mock.calls, stalled.disconnect.mock.calls]).toEqual([1, [], [[expect.any(SubscriberTooSlow)]]])
  // It reads nothing more, whenever it goes on.
  expect(await stalled.results.next()).toEqual({ done: true, value: undefined })
  operations.stop()
  expect(waiting.disconnect.mock.calls).toEqual([[expect.any(ServerStopping)]])
  expect(await next).toEqual({ done: true, value: undefined })
})

it('ends with the last result that a failure makes, or with the connection if it makes none', async () => {
  const operations = start()
  const failing = () => demandStream<ExecutionResult>({ take: () => Promise.reject(new Error('lost')) })
  const last = { errors: [] }
  const shown = operations.open(request(tenant('acme'))).passOn({ source: failing(), onFailure: () => last })
  expect([await shown.next(), await shown.next()]).toEqual([
    { done: false, value: last },
    { done: true, value: undefined },
  ])
  const disconnect = vi.fn()
  const operation = operations.open({ ...request(tenant('acme')), disconnect })
  const cut = operation.passOn({ source: failing(), onFailure: error => operation.disconnect(error as Error) as undefined })
  expect(await cut.next()).toEqual({ done: true, value: undefined })
  expect(disconnect).toHaveBeenCalledOnce()
  expect(operations.count()).toBe(0)
})

/** One result, and then none for as long as it is not ended. */
async function* counting(): AsyncGenerator<ExecutionResult> {
  yield { data: { count: 1 } }
  await new Promise(() => {})
}

import type { Viewer } from '@tollgate/accounts'
import { settableClock, Temporal } from '@tollgate/kernel'
import { expect, it } from 'vitest'
import { MAX_SUBSCRIPTIONS, MAX_SUBSCRIPTIONS_OF_CUSTOMER, MAX_SUBSCRIPTIONS_OF_TENANT } from '../limits/subscription-limits.ts'
import { ServerStopping, TooManySubscriptions } from './errors.ts'
import { createLiveOperations } from './live-operations.ts'

const tenant = (tenantId: string): Viewer => ({ kind: 'tenant', tenantId, keyId: 'k', scopes: new Set() })
const request = (viewer: Viewer) => ({ viewer, authorization: null, disconnect: () => {} })
const start = () =>
  createLiveOperations({ guard: { watch: () => () => {}, check: async () => {}, checkAll: async () => {} }, clock: settableClock('2026-11-20T12:00:00Z') })

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

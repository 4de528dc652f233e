import type { Viewer } from '@tollgate/accounts'
import type { ValidatedSubscriptionArgs } from 'graphql'
import { expect, it, vi } from 'vitest'
import { type ExecuteEvent, shareResults, type Subscriber } from './shared-results.ts'

const OPERATION = { kind: 'OperationDefinition' }
const ACME: Viewer = { kind: 'tenant', tenantId: 'acme', keyId: 'one', scopes: new Set(['usage:read', 'quotas:read']) }
const FIRST: Subscriber = { viewer: ACME, operation: OPERATION, variables: { tenantId: 'acme' } }
const eventOf = (rootValue: unknown) => ({ rootValue }) as ValidatedSubscriptionArgs

let clock = 0
async function executions(others: readonly Subscriber[], events = [eventOf({})]): Promise<number> {
  const execute = vi.fn<ExecuteEvent>(async () => ({ data: {} }))
  const shared = shareResults(() => clock)
  for (const event of events) await Promise.all([FIRST, ...others].map(subscriber => shared.forSubscriber(subscriber, execute)(event)))
  return execute.mock.calls.length
}

it('executes an event once for all subscribers with the same operation, variables and rights', async () => {
  const another = { ...ACME, keyId: 'two', scopes: new Set(['quotas:read', 'usage:read']) }
  expect(await executions([FIRST, { ...FIRST, viewer: another }, { ...FIRST, variables: { tenantId: 'acme' } }])).toBe(1)
})

it.each([
  ['another tenant', { ...FIRST, viewer: { ...ACME, tenantId: 'globex' } }],
  ['fewer scopes', { ...FIRST, viewer: { ...ACME, scopes: new Set(['usage:read']) } }],
  ['an operator', { ...FIRST, viewer: { kind: 'operator' as const, keyId: null, scopes: ACME.scopes } }],
  ['any other limit of the viewer', { ...FIRST, viewer: Object.assign({ customerId: 'c' }, ACME) }],
  ['other variables', { ...FIRST, variables: {} }],
  ['another operation', { ...FIRST, operation: { ...OPERATION } }],
])('does not share a result with %s', async (_, other) => {
  expect(await executions([other])).toBe(2)
})

it('executes each event, and those that are not objects for each subscriber', async () => {
  expect(await executions([FIRST], [eventOf({}), eventOf({})])).toBe(2)
  expect(await executions([FIRST], [eventOf(1)])).toBe(2)
})

it('does not share a result with a subscriber that comes later', async () => {
  const execute = vi.fn<ExecuteEvent>(async () => ({ data: {} }))
  const forSubscriber = shareResults(() => clock).forSubscriber(FIRST, execute)
  const event = eventOf({})
  for (const now of [0, 499, 500, 999, 1_000]) {
    clock = now
    await forSubscriber(event)
  }
  expect(execute).toHaveBeenCalledTimes(3)
})

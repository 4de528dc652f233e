import { describe, expect, it } from 'vitest'
import { formOfLimit, newLimit, policyOf } from './limit-form.ts'
import { planChanges } from './plan-changes.ts'
import type { PlanLimitFragment } from './quota-plans.operations.ts'

const requests: PlanLimitFragment = {
  metric: 'REQUESTS',
  operation: null,
  window: 'DAY',
  sliding: false,
  scope: [],
  limit: '1000',
  enforcement: 'HARD',
  grace: null,
  alertAt: ['80'],
  largestHold: '50',
  unknownAmount: 'ALLOW',
  storeFailure: 'DENY',
  lease: { ttlSeconds: 3 },
  validFrom: null,
  validTo: null,
}

describe('planChanges', () => {
  it('names the limits that are new, changed and removed, and what happens to other requests', () => {
    const tokens: PlanLimitFragment = { ...requests, metric: 'TOKENS', scope: ['CUSTOMER'], alertAt: [] }
    const cost: PlanLimitFragment = { ...requests, metric: 'COST', enforcement: 'GRACE', grace: { percent: '5', amount: null } }
    const changes = planChanges(
      { unlisted: 'DENY', policies: [requests, tokens, cost] },
      { unlisted: 'ALLOW', policies: [{ ...requests, limit: '2000' }, cost, { ...requests, sliding: true, limit: null }] },
    )
    expect(changes).toEqual([
      {
        label: 'Requests per day',
        before: 'at most 1,000, then refused; alerts at 80 %',
        after: 'at most 2,000, then refused; alerts at 80 %',
      },
      { label: 'Tokens per day, for each customer', before: 'at most 1,000, then refused; no alerts', after: undefined },
      { label: 'Requests in any day', before: undefined, after: 'no limit' },
      { label: 'Requests that no limit counts', before: 'refused', after: 'allowed' },
    ])
  })

  it('finds nothing to change in the same plan, typed again', () => {
    const plan = { unlisted: 'DENY', policies: [requests] } as const
    expect(planChanges(plan, { unlisted: 'DENY', policies: [policyOf(formOfLimit(requests))] })).toEqual([])
  })
})

describe('policyOf', () => {
  it('keeps what a form does not ask', () => {
    expect(policyOf({ ...formOfLimit(requests), limit: ' 2000 ' })).toEqual({ ...requests, limit: '2000' })
  })

  it('leaves what happens to unknown amounts to the server when the enforcement changes', () => {
    const policy = policyOf({ ...formOfLimit(requests), enforcement: 'SOFT' })
    expect(policy).not.toHaveProperty('unknownAmount')
    expect(policy).not.toHaveProperty('storeFailure')
  })

  it.each([
    { grace: '10 %', expected: { percent: '10' } },
    { grace: ' 500', expected: { amount: '500' } },
  ])('reads a grace of "$grace"', ({ grace, expected }) => {
    expect(policyOf({ ...newLimit(), enforcement: 'GRACE', grace }).grace).toEqual(expected)
    expect(policyOf({ ...newLimit(), enforcement: 'HARD', grace }).grace).toBeNull()
  })

  it('names an operation only for a limit of operations', () => {
    expect(policyOf({ ...newLimit(), operation: 'chat' }).operation).toBeNull()
    expect(policyOf({ ...newLimit(), metric: 'OPERATIONS', operation: ' chat ' }).operation).toBe('chat')
  })
})

import { Temporal } from '@tollgate/kernel'
import { describe, expect, it } from 'vitest'
import type { TraceRow } from './read-trace.ts'
import { DEFAULT_LAYOUT, organizationsOf, spreadRow, tenantsOf } from './spread-row.ts'

const FIRST: TraceRow = { row: 1, occurredAt: Temporal.Instant.from('2023-11-16T18:17:03.97996Z'), inputTokens: 4808, outputTokens: 10 }
const rows = Array.from({ length: 2_000 }, (_, index) => ({ ...FIRST, row: index + 1 }))

describe('spreadRow', () => {
  // Replays must be repeatable across versions, so this expectation must never change.
  it('turns the same row into the same event in every version', () => {
    expect(spreadRow(FIRST, DEFAULT_LAYOUT)).toEqual({
      tenantId: 'demo-1',
      event: {
        idempotencyKey: 'trace-1-f6e40b7153b7621a',
        occurredAt: FIRST.occurredAt,
        operation: 'code_completion',
        provider: 'openai',
        model: 'gpt-4o-mini',
        tokens: { input: 4808, output: 10 },
        latencyMs: 375,
        status: 'success',
        statusCode: 200,
        metadata: {
          customerId: 'cust_0043',
          organizationId: 'demo-1-org-2',
          productId: 'code-assistant',
          featureId: 'completion',
          subscriptionTier: 'enterprise',
          environment: 'production',
          taskType: 'generation',
        },
      },
    })
  })

  it('gives each row a unique key that depends on its content', () => {
    const keys = new Set(rows.map(row => spreadRow(row, DEFAULT_LAYOUT).event.idempotencyKey))
    expect(keys.size).toBe(rows.length)
    expect(keys).not.toContain(spreadRow({ ...FIRST, outputTokens: 11 }, DEFAULT_LAYOUT).event.idempotencyKey)
  })

  it('attributes rows to all tenants and organizations of the layout, and to no others', () => {
    const spread = rows.map(row => spreadRow(row, DEFAULT_LAYOUT))
    expect(new Set(spread.map(({ tenantId }) => tenantId))).toEqual(new Set(tenantsOf(DEFAULT_LAYOUT).map(({ id }) => id)))
    expect(new Set(spread.map(({ event }) => event.metadata?.organizationId))).toEqual(new Set(organizationsOf(DEFAULT_LAYOUT)))
  })

  it('attributes each customer to one tenant, organization and tier', () => {
    const places = new Map<string, Set<string>>()
    for (const row of rows) {
      const { tenantId, event } = spreadRow(row, DEFAULT_LAYOUT)
      const customer = event.metadata?.customerId ?? ''
      places.set(customer, (places.get(customer) ?? new Set()).add(`${tenantId} ${event.metadata?.organizationId} ${event.metadata?.subscriptionTier}`))
    }
    expect(places.size).toBe(DEFAULT_LAYOUT.customers)
    expect([...places.values()].filter(seen => seen.size !== 1)).toEqual([])
  })

  it.each([{ seed: 2 }, { tenants: 4 }, { customers: 61 }])('shares no tenant or organization with another layout: $seed $tenants $customers', change => {
    const other = { ...DEFAULT_LAYOUT, ...change }
    expect(new Set(tenantsOf(other).map(({ id }) => id)).isDisjointFrom(new Set(tenantsOf(DEFAULT_LAYOUT).map(({ id }) => id)))).toBe(true)
    expect(new Set(organizationsOf(other)).isDisjointFrom(new Set(organizationsOf(DEFAULT_LAYOUT)))).toBe(true)
  })
})

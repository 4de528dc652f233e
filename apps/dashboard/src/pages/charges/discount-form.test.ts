import { describe, expect, it } from 'vitest'
import { conditionOf, conditionPaths, effectOf, type EffectForm, newCondition } from './discount-form.ts'

const effect: EffectForm = {
  kind: 'tiered',
  percent: ' 10 ',
  amount: '5',
  basis: 'SUBTOTAL',
  measure: 'QUANTITY',
  of: 'PERIOD',
  tiers: [{ from: '0', percent: ' 5' }],
}

describe.each([
  { kind: 'coupon', typed: { code: ' SPRING ', maximumRedemptions: '10' }, expected: { coupon: { code: 'SPRING', maximumRedemptions: 10 } } },
  { kind: 'providerModel', typed: { providers: 'openai, mistral' }, expected: { providerModel: { providers: ['openai', 'mistral'] } } },
  {
    kind: 'usageThreshold',
    typed: { from: '100' },
    expected: { usageThreshold: { measure: 'SUBTOTAL', of: 'PERIOD', from: '100' } },
  },
  { kind: 'dimension', typed: { dimension: 'feature' }, expected: { dimension: { dimension: 'feature', anyOf: [] } } },
  { kind: 'billingTier', typed: { anyOf: 'pro' }, expected: { billingTier: { anyOf: ['pro'] } } },
  { kind: 'firstTimeCustomer', typed: {}, expected: { firstTimeCustomer: true } },
  { kind: 'validity', typed: { from: '2026-12-01T00:00' }, expected: { validity: { from: '2026-11-30T23:00:00.000Z' } } },
  {
    kind: 'hoursOfDay',
    typed: { from: '22:00', to: '06:00' },
    expected: { hoursOfDay: { from: '22:00', to: '06:00', timeZone: 'Europe/Berlin' } },
  },
  { kind: 'weekdays', typed: { days: 'MONDAY,FRIDAY' }, expected: { weekdays: { days: ['MONDAY', 'FRIDAY'], timeZone: 'Europe/Berlin' } } },
] as const)('the condition $kind', ({ kind, typed, expected }) => {
  it('becomes what the API takes', () => {
    const empty = newCondition(kind, 'Europe/Berlin')
    expect(conditionOf({ kind, typed: { ...empty.typed, ...typed } }, 'Europe/Berlin')).toEqual(expected)
  })
})

it('names the fields of a condition as the API does', () => {
  expect(conditionPaths(newCondition('providerModel', 'UTC'))).toEqual(['providerModel.providers', 'providerModel.models'])
})

it.each([
  { kind: 'percentage', expected: { percentage: { percent: '10', basis: 'SUBTOTAL' } } },
  { kind: 'fixed', expected: { fixed: { amount: '5' } } },
  { kind: 'tiered', expected: { tiered: { measure: 'QUANTITY', of: 'PERIOD', basis: 'SUBTOTAL', tiers: [{ from: '0', percent: '5' }] } } },
] as const)('takes off by $kind', ({ kind, expected }) => {
  expect(effectOf({ ...effect, kind })).toEqual(expected)
})

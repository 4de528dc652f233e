import fc from 'fast-check'
import { expect, it } from 'vitest'
import { packProvenance, unpackProvenance } from './provenance-json.ts'

const basis = { from: '2026-10-01T00:00:00Z', to: '2026-11-01T00:00:00Z' }
const charge = { key: '["usage","openai"]', basis }
const line = { label: 'openai gpt-4o: 1,000 calls', quantity: '1274000', units: '1', unitPrice: '2.28', amount: '2.28' }
const cost = {
  step: 'cost',
  rule: null,
  before: '0',
  after: '2.28',
  applied: true,
  reason: 'as rated, call by call',
  effective: { from: null, to: null },
  lines: [line],
}
const markup = { step: 'markup', rule: 'usual v1', before: '2.28', after: '2.736', applied: true, reason: 'most specific match: all charges', percent: '20' }
const rounding = { step: 'rounding', rule: null, before: '2.736', after: '2.736', applied: false, reason: 'no rounding requested', scale: null, mode: null }
const explanation = { version: 1, currency: 'USD', at: basis.from, charge: '2.736', steps: [cost, markup, rounding] }
const details = {
  key: charge.key,
  basis,
  calls: 1_000,
  unpricedCalls: 0,
  tokens: '1274000',
  units: '0',
  cost: '2.28',
  allModels: false,
  ranges: [basis],
  parts: 1,
  explanations: [{ ...basis, explanation }],
}

it('restores the provenance of a line of usage, from less than half of the text', () => {
  const packed = packProvenance({ conversion: null, details }, charge)
  expect(unpackProvenance(JSON.parse(JSON.stringify(packed)), charge)).toEqual({ conversion: null, details })
  expect(JSON.stringify(packed).length / JSON.stringify({ conversion: null, details }).length).toBeLessThan(0.5)
})

it('reads the provenance of lines that were stored before it was packed', () => {
  expect(unpackProvenance({ conversion: null, details }, charge)).toEqual({ conversion: null, details })
})

const part = fc.constantFrom(basis, { from: '2026-10-01T00:00:00Z', to: '2026-10-09T00:00:00Z' })
const step = fc.oneof(
  fc.constantFrom(cost, markup, rounding),
  fc.record({
    ...Object.fromEntries(Object.keys(markup).map(field => [field, fc.jsonValue({ maxDepth: 1 })])),
    step: fc.constantFrom('markup', 'new', 'toString'),
  }),
  fc.record({ step: fc.constant('price'), before: fc.constant('0'), after: fc.string(), earlier: fc.jsonValue(), lines: fc.jsonValue() }),
  fc.record({ step: fc.constant('cost'), lines: fc.array(fc.jsonValue()) }),
  fc.jsonValue(),
)
const anyDetails = fc.record(
  {
    key: fc.constantFrom(charge.key, 'another'),
    basis: part,
    calls: fc.nat(),
    adjusts: fc.array(fc.uuid()),
    ranges: fc.oneof(fc.array(part, { maxLength: 2 }), fc.jsonValue()),
    explanations: fc.oneof(
      fc.array(fc.record({ from: fc.constant(basis.from), to: fc.string(), explanation: fc.record({ ...constants(explanation), steps: fc.array(step) }) })),
      fc.array(fc.jsonValue()),
      fc.jsonValue(),
    ),
  },
  { requiredKeys: [] },
)

function constants(values: object): Record<string, fc.Arbitrary<unknown>> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, fc.constant(value)]))
}

it('restores any provenance', () => {
  fc.assert(
    fc.property(anyDetails, fc.boolean(), (some, hasCharge) => {
      const provenance = JSON.parse(JSON.stringify({ conversion: null, details: some }))
      const packed = packProvenance(provenance, hasCharge ? charge : undefined)
      expect(unpackProvenance(JSON.parse(JSON.stringify(packed)), hasCharge ? charge : undefined)).toEqual(provenance)
    }),
  )
})

it('stores periods as they are if the database would round their times', () => {
  const precise = { key: charge.key, basis: { from: '2026-10-01T00:00:00.123456789Z', to: basis.to } }
  const provenance = { conversion: null, details: { ...precise } }
  expect(packProvenance(provenance, precise)).toEqual(provenance)
})

import { expect, it } from 'vitest'
import { worksOffline } from './works-offline.ts'

const ENFORCE = 'enforceQuotas(input: { requests: [] }) { __typename }'

it.each([
  [true, { query: `mutation { ${ENFORCE} }` }],
  [
    true,
    { query: `mutation { a: ${ENFORCE} reserveQuotas(input: { requests: [] }) { ...Reserved } } fragment Reserved on ReserveQuotasPayload { __typename }` },
  ],
  [true, { query: `mutation A { ${ENFORCE} } query B { viewer { kind } }`, operationName: 'A' }],
  [false, { query: `mutation A { ${ENFORCE} } query B { viewer { kind } }`, operationName: 'B' }],
  [false, { query: `mutation A { ${ENFORCE} } query B { viewer { kind } }` }],
  [false, { query: `mutation { ${ENFORCE} trackUsage(input: { events: [] }) { __typename } }` }],
  [false, { query: `mutation { enforceQuotas: trackUsage(input: { events: [] }) { __typename } }` }],
  [false, { query: `mutation { ...All } fragment All on Mutation { ${ENFORCE} }` }],
  [false, { query: '{ viewer { kind } }' }],
  [false, { query: 'mutation {' }],
  [false, { query: 1 }],
  [false, {}],
])('returns %s for %j', (expected, request) => {
  expect(worksOffline(request)).toBe(expected)
})

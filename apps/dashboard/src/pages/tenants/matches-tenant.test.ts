import { expect, it } from 'vitest'
import { matchesTenant } from './matches-tenant.ts'

const acme = { id: 'acme', name: 'Acme Corporation', tier: 'pro', timeZone: 'Europe/Berlin', currency: 'EUR' }

it.each([
  ['', true],
  ['ACME', true],
  ['corp berlin', true],
  ['  eur  pro ', true],
  ['acme free', false],
  ['globex', false],
])('a search for %j finds it: %s', (searched, isFound) => {
  expect(matchesTenant(acme, searched)).toBe(isFound)
})

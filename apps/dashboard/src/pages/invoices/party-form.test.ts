import { expect, it } from 'vitest'
import { partyFormOf, partyOf } from './party-form.ts'

const party = {
  name: 'Acme',
  address: { line1: 'Main Street 1', line2: null, postalCode: '10115', city: 'Berlin', region: null, country: 'DE' },
  taxId: { kind: 'eu_vat', value: 'DE136695976' },
  email: 'billing@acme.example',
}

it('sends a party as it was, if nothing was typed', () => {
  expect(partyOf(partyFormOf(party))).toEqual(party)
})

it('sends no tax registration without a kind, and the country in capitals', () => {
  expect(partyOf({ ...partyFormOf(party), taxIdKind: '', country: ' at ' })).toMatchObject({ taxId: null, address: { country: 'AT' } })
})

it('begins empty for a party that is new', () => {
  expect(Object.values(partyFormOf(null)).every(text => text === '')).toBe(true)
})

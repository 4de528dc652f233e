import { expect, it } from 'vitest'
import { splitPersonalFields } from './split-personal-fields.ts'

it.each<{ value: object; personal: readonly string[] }>([
  { value: { email: 'a', billingEmail: 'b', 'E-Mail': 'c', plan: 'd' }, personal: ['email', 'billingEmail', 'E-Mail'] },
  { value: { ipAddress: '10.0.0.1', ip: '10.0.0.1', userAgent: 'x', zip: '1' }, personal: ['ipAddress', 'ip', 'userAgent'] },
  {
    value: { firstName: 'a', last_name: 'b', fullName: 'c', username: 'd', name: 'e', businessName: 'f' },
    personal: ['firstName', 'last_name', 'fullName', 'username'],
  },
  { value: { contacts: [{ email: 'a' }], owner: { phone: '1' }, tools: [{ id: 1 }] }, personal: ['contacts', 'owner'] },
  { value: { email: null, emails: [] }, personal: ['emails'] },
  { value: { count: 1, receipt: true }, personal: [] },
])('takes the personal fields of $value apart', ({ value, personal }) => {
  const split = splitPersonalFields(value as Record<string, unknown>)
  expect(Object.keys(split.personal ?? {})).toEqual(personal)
  expect({ ...split.open, ...split.personal }).toEqual(value)
  expect(Object.keys(split.open ?? {}).filter(name => personal.includes(name))).toEqual([])
})

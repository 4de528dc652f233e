import { expect, it } from 'vitest'
import { isCountry } from './country.ts'

it('knows the 249 countries of ISO 3166-1, and Kosovo', () => {
  const letters = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZ')
  const countries = letters.flatMap(first => letters.map(second => first + second)).filter(isCountry)
  expect(countries).toHaveLength(250)
  expect(countries).toEqual(expect.arrayContaining(['DE', 'GB', 'US', 'SS', 'CW', 'XK']))
})

it.each(['QQ', 'ZZ', 'XX', 'UK', 'EU', 'SU', 'IC', 'de', 'DEU', 'D', '', '12'])('%j is no country', code => {
  expect(isCountry(code)).toBe(false)
})

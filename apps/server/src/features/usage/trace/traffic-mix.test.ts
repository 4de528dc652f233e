import { expect, it } from 'vitest'
import { pick } from './traffic-mix.ts'

const choices = [
  { weight: 1, value: 'a' },
  { weight: 3, value: 'b' },
]

it.each([
  { fraction: 0, picks: 'a' },
  { fraction: 0.2499, picks: 'a' },
  { fraction: 0.25, picks: 'b' },
  { fraction: 0.9999, picks: 'b' },
])('picks $picks for the fraction $fraction', ({ fraction, picks }) => {
  expect(pick(choices, fraction)).toBe(picks)
})

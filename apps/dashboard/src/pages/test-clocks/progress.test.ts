import { expect, it } from 'vitest'
import { progressOf } from './progress.ts'

it('says in percent how far a clock has been advanced', () => {
  const target = '2027-01-11T00:00:00Z'
  expect(progressOf('2027-01-01T00:00:00Z', { now: '2027-01-06T00:00:00Z', target })).toBe(50)
  expect(progressOf('2027-01-01T00:00:00Z', { now: target, target })).toBe(100)
  expect(progressOf(target, { now: target, target })).toBe(100)
  expect(progressOf('2027-01-05T00:00:00Z', { now: '2027-01-01T00:00:00Z', target })).toBe(0)
})

import { expect, it } from 'vitest'
import { daysLeft } from './days-left.ts'

it.each([
  { available: '70', consumed: ['7', '7', '7', '7', '7', '7', '7'], expected: 10 },
  { available: '70', consumed: ['1000', '14', '0', '14', '0', '7', '7', '7'], expected: 10 }, // only the last seven days count
  { available: '30', consumed: ['10'], expected: 3 },
  { available: '30', consumed: ['0', '0'], expected: undefined },
  { available: '30', consumed: [], expected: undefined },
  { available: '-5', consumed: ['10'], expected: undefined },
])('credits of $available last $expected days after days of $consumed', ({ available, consumed, expected }) => {
  expect(
    daysLeft(
      available,
      consumed.map(ofDay => ({ consumed: ofDay })),
    ),
  ).toBe(expected)
})

import { expect, it } from 'vitest'
import { createWorkBudget } from './work-budget.ts'

it('allows a burst, and then the share of the time that passes', () => {
  let time = 0
  const budget = createWorkBudget({ share: 0.1, burstMs: 1_000 }, () => time)
  budget.spend(999)
  expect(budget.hasLeft()).toBe(true)
  budget.spend(101)
  expect(budget.hasLeft()).toBe(false)
  time += 1_000 // Refills 100.
  expect(budget.hasLeft()).toBe(false)
  time += 10
  expect(budget.hasLeft()).toBe(true)
})

it('saves no more than a burst', () => {
  let time = 0
  const budget = createWorkBudget({ share: 0.1, burstMs: 1_000 }, () => time)
  time += 1_000_000
  budget.spend(1_000)
  expect(budget.hasLeft()).toBe(false)
})

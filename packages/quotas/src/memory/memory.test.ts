import { describe, it } from 'vitest'
import { describeDecisionCounts, describeQuotaStore } from '../testing/index.ts'
import { raceAtClockChange, raceAtLimitChange, raceWhileSliding } from '../testing/contracts/races.ts'
import { memoryQuotaStore } from './index.ts'

describeQuotaStore('memory', async () => ({ store: memoryQuotaStore() }))
describeDecisionCounts('memory', async counter => ({ store: memoryQuotaStore({ counter }) }))

describe('64 concurrent callers of the memory store', () => {
  it('get one limit per day, when the clocks change too', () => raceAtClockChange([memoryQuotaStore()]))
  it('are admitted to a sliding window exactly as usage expires', () => raceWhileSliding([memoryQuotaStore()]))
  it('are admitted exactly up to a limit that changes', () => raceAtLimitChange([memoryQuotaStore()]))
})

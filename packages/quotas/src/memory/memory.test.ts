import { describe, it } from 'vitest'
import { describeQuotaStore } from '../testing/index.ts'
import { raceAtClockChange, raceAtLimitChange, raceWhileSliding } from '../testing/contracts/races.ts'
import { memoryQuotaStore } from './index.ts'

describeQuotaStore('memory', async () => ({ store: memoryQuotaStore() }))

describe('64 callers of the memory store', () => {
  it('are held to days of 23, 24 and 25 hours', () => raceAtClockChange([memoryQuotaStore()]))
  it('are admitted to a sliding window exactly as it lets go', () => raceWhileSliding([memoryQuotaStore()]))
  it('are held to a limit that changes', () => raceAtLimitChange([memoryQuotaStore()]))
})

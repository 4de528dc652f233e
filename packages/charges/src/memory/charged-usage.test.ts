import { describeChargedUsageReader, makeChargedEvent } from '../testing/index.ts'
import { memoryChargedUsage } from './index.ts'

describeChargedUsageReader('memory', async traits => {
  const events = traits.map(makeChargedEvent)
  return { reader: memoryChargedUsage(events), ids: events.map(({ id }) => id) }
})

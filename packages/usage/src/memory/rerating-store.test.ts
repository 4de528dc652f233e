import { describeReratingStore } from '../testing/describe-rerating-store.ts'
import { memoryCorrections } from './corrections.ts'
import { memoryReratingStore } from './rerating-store.ts'
import { memoryUsageStore } from './usage-store.ts'

describeReratingStore('memoryReratingStore', async () => {
  const corrections = memoryCorrections()
  const usage = memoryUsageStore({ corrections })
  return { usage, rerating: memoryReratingStore({ usage, corrections }) }
})

import { describePlanStore, describeSubscriptionStore } from '../testing/index.ts'
import { memoryPlanStore, memorySubscriptionStore } from './index.ts'

describePlanStore('memory', async () => memoryPlanStore())
describeSubscriptionStore('memory', async () => memorySubscriptionStore())

import { describeBillingRunStore, describePlanStore, describeSubscriptionStore } from '../testing/index.ts'
import { memoryBillingRuns, memoryPlanStore, memorySubscriptionStore } from './index.ts'

describePlanStore('memory', async () => memoryPlanStore())
describeBillingRunStore('memory', async () => memoryBillingRuns())
describeSubscriptionStore('memory', async () => memorySubscriptionStore())

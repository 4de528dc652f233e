import { describeChargeRuleStore } from '../testing/index.ts'
import { memoryChargeRuleStore } from './index.ts'

describeChargeRuleStore('memory', async () => memoryChargeRuleStore())

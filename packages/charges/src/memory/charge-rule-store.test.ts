import { memoryChargeRuleStore } from './index.ts'
import { describeChargeRuleStore } from '../testing/index.ts'

describeChargeRuleStore('memory', async () => memoryChargeRuleStore())

import { describeAliasStore } from '../testing/index.ts'
import { memoryAliasStore } from './index.ts'

describeAliasStore('memoryAliasStore', async () => memoryAliasStore())

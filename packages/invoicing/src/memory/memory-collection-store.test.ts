import { describeCollectionStore } from '../testing/index.ts'
import { memoryCollectionStore } from './index.ts'

describeCollectionStore('memory', async () => memoryCollectionStore())

import { describeFeedStore } from '../testing/index.ts'
import { memoryFeedStore } from './index.ts'

describeFeedStore('memoryFeedStore', async () => memoryFeedStore())

import { describeMailOutbox } from '../testing/index.ts'
import { memoryMailOutbox } from './index.ts'

describeMailOutbox('memory', async scheduler => memoryMailOutbox({ scheduler }))

import { describeAlertStore } from '../testing/index.ts'
import { memoryAlertStore } from './index.ts'

describeAlertStore('memory', async () => memoryAlertStore())

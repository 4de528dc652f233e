import { describeWebhookStore } from '../testing/index.ts'
import { memoryWebhookStore } from './index.ts'

describeWebhookStore('memory', async scheduler => memoryWebhookStore({ scheduler }))

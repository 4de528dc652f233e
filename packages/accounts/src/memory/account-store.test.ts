import { describeAccountStore } from '../testing/describe-account-store.ts'
import { memoryAccountStore } from './account-store.ts'

describeAccountStore('memory', async () => memoryAccountStore())

export { memoryAccountStore } from './account-store.ts'

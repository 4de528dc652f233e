export { memoryCreditStore } from './memory-credit-store.ts'

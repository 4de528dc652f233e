export { memoryCreditStore } from './memory-credit-store.ts'
export { type MemoryTopUpProvider, memoryTopUpProvider } from './memory-top-up-provider.ts'

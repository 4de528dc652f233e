export { describeTollgate, type TollgateUnderTest } from './describe-tollgate.ts'
export { type MemoryEngine, memoryEngine } from './memory-engine.ts'

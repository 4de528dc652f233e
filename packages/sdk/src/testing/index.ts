export { type MemoryEngine, memoryEngine } from './memory-engine.ts'

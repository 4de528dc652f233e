export { countReads, type TableRead } from './count-reads.ts'
export { createTestDatabase, type TestDatabase } from './test-database.ts'
export { createTestEncryption } from './test-encryption.ts'

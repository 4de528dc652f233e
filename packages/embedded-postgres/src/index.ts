export { type EmbeddedPostgres, startEmbeddedPostgres } from './start.ts'
export { claimUse, isLastUse } from './use.ts'

export { claimDataDirectory, isLastUser } from './data-directory-use.ts'
export { type EmbeddedPostgres, startEmbeddedPostgres } from './start-embedded-postgres.ts'

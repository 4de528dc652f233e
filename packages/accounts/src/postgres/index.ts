export { postgresAccountStore } from './account-store.ts'
export { accountsEntities } from './entities.ts'
export { accountsMigrations } from './migrations/index.ts'
export { readTenantIds, readTenants } from './read-tenants.ts'

export { describeAccountStore } from './describe-account-store.ts'
export { makeApiKey } from './make-api-key.ts'
export { makeTenant } from './make-tenant.ts'

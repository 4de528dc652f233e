export { describeCreditStore } from './describe-credit-store.ts'

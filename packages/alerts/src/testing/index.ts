export { describeAlertStore } from './describe-alert-store.ts'

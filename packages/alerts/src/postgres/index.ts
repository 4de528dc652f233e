export { postgresAlertStore } from './alert-store.ts'
export { ALERT_EVENTS_CHANNEL } from './event-rows.ts'
export { alertsMigrations } from './migrations/index.ts'

import type { PageAbout } from '../../app/page-about.ts'

export const about: PageAbout = { path: '/subscriptions', title: 'Subscriptions', group: 'Billing', order: 62, scope: 'billing:read' }

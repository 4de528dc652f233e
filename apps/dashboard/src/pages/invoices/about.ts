import type { PageAbout } from '../../app/page-about.ts'

export const about: PageAbout = { path: '/invoices', title: 'Invoices', group: 'Billing', order: 60, scope: 'billing:read' }

import type { PageAbout } from '../../app/page-about.ts'

export const about: PageAbout = { path: '/quotas', title: 'Quotas', group: 'Limits and prices', order: 50, scope: 'quotas:read' }

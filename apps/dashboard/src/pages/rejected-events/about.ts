import type { PageAbout } from '../../app/page-about.ts'

export const about: PageAbout = { path: '/rejected-events', title: 'Rejected events', group: 'Usage', order: 35, scope: 'usage:read' }

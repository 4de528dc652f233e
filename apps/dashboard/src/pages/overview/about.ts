import type { PageAbout } from '../../app/page-about.ts'

export const about: PageAbout = { path: '/overview', title: 'Overview', group: 'Usage', order: 10, scope: 'usage:read' }

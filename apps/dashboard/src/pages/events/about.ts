import type { PageAbout } from '../../app/page-about.ts'

export const about: PageAbout = { path: '/events', title: 'Events', group: 'Usage', order: 30, scope: 'usage:read' }

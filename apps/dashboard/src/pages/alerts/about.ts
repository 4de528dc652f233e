import type { PageAbout } from '../../app/page-about.ts'

export const about: PageAbout = { path: '/alerts', title: 'Alerts', group: 'Operation', order: 72, scope: 'usage:read' }

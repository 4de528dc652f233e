import type { PageAbout } from '../../app/page-about.ts'

export const about: PageAbout = { path: '/audit', title: 'Audit', group: 'Operation', order: 70, scope: 'audit:read' }

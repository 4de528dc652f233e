import type { PageAbout } from '../../app/page-about.ts'

export const about: PageAbout = { path: '/start', title: 'Get started', group: 'Operation', order: 90, scope: 'usage:read' }

import type { PageAbout } from '../../app/page-about.ts'

export const about: PageAbout = { path: '/webhooks', title: 'Webhooks', group: 'Operation', order: 74, scope: 'webhooks:read' }

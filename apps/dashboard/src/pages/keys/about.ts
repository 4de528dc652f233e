import type { PageAbout } from '../../app/page-about.ts'

export const about: PageAbout = { path: '/keys', title: 'Keys', group: 'Operation', order: 82, scope: 'keys:write', isForOperators: true }

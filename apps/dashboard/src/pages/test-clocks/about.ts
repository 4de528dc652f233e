import type { PageAbout } from '../../app/page-about.ts'

export const about: PageAbout = { path: '/test-clocks', title: 'Test clocks', group: 'Operation', order: 84, scope: 'tenants:read', isForOperators: true }

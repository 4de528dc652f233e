import type { PageAbout } from '../../app/page-about.ts'

export const about: PageAbout = {
  path: '/tenants',
  title: 'Tenants',
  group: 'Operation',
  order: 80,
  scope: 'usage:read',
  forTenants: { title: 'Your account', group: 'Usage', order: 11 },
}

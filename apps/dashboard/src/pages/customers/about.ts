import type { PageAbout } from '../../app/page-about.ts'

export const about: PageAbout = {
  path: '/customers',
  title: 'Customers',
  group: 'Usage',
  order: 40,
  scope: 'usage:read',
  forCustomers: { title: 'Your usage' },
}

import type { PageAbout } from '../../app/page-about.ts'

export const about: PageAbout = { path: '/charges', title: 'Charges', group: 'Limits and prices', order: 54, scope: 'prices:read', isForOperators: true }

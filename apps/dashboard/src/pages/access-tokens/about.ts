import type { PageAbout } from '../../app/page-about.ts'

export const about: PageAbout = { path: '/access-tokens', title: 'Access tokens', group: 'Operation', order: 83, scope: 'tokens:write' }

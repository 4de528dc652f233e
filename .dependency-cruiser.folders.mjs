import boundaries from './.dependency-cruiser.mjs'

// A second run, without tests: a contract suite and the adapter that it tests would be a cycle of two folders.
/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-folder-cycles',
      comment: 'Folders of a package that import each other cannot be read one after the other. Move what both need into a third.',
      severity: 'error',
      scope: 'folder',
      from: { path: '^packages/' },
      to: { circular: true },
    },
  ],
  options: { ...boundaries.options, exclude: { path: '/dist/|/fixtures/|\\.test\\.ts$' } },
}

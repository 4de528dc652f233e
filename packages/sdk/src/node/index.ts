export { environmentOptions, type EnvironmentOptions } from './environment-options.ts'
export { fileSpool, type FileSpoolOptions } from './file-spool.ts'

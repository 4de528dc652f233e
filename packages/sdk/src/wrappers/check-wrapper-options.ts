import type { InputRules } from '@tollgate/tokens/input'
import { checkInput } from '../engine/check-input.ts'
import { metadataOf } from '@tollgate/metadata'
import { invalid, oneOf } from '../engine/read-input.ts'
import type { WrapperOptions } from './wrapper-options.ts'

const OPTIONS: InputRules<WrapperOptions> = {
  provider: 'text?',
  operation: 'text?',
  metadata: 'anything?',
  tenantId: 'text?',
  reserve: 'anything?',
  whenUnavailable: 'text?',
}

/** Returns the options of a wrapper. Throws `InvalidInput` here, and not with a call. */
export function checkWrapperOptions(options: WrapperOptions): WrapperOptions {
  checkInput(OPTIONS, options)
  const { reserve, metadata, whenUnavailable } = options
  if (reserve !== undefined && reserve !== null && typeof reserve !== 'boolean' && typeof reserve !== 'function')
    throw invalid('reserve', 'must be true, false or a function')
  if (whenUnavailable) oneOf('whenUnavailable', whenUnavailable, ['allow', 'deny'])
  if (metadata) metadataOf(metadata)
  return options
}

import { OPERATOR_SCOPE } from '@tollgate/kernel'
import { describeCreditStore } from '../testing/index.ts'
import { memoryCreditStore } from './index.ts'

describeCreditStore('memory', {
  make: async ids => memoryCreditStore({ ids }),
  transaction: async (_tenantId, work) => work({ scope: OPERATOR_SCOPE }),
})

import { monthlyPartitions, sqlMigration } from '@tollgate/postgres'

/** A new partition is found by each commit that asked for it, and has the statistics settings of its table. */
export const visiblePartitionsMigration = sqlMigration('usage/0013-visible-partitions', monthlyPartitions('usage.events'))

import { monthlyPartitions, sqlMigration } from '@tollgate/postgres'

/** A new partition is found by each append that asked for it, and has the statistics settings of its table. */
export const visiblePartitionsMigration = sqlMigration('audit/0006-visible-partitions', monthlyPartitions('audit.events'))

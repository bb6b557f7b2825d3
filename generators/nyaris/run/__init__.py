"""One pure function per shard, on one core or many, and the collation of what the shards wrote."""

-- On the cluster of the directory: the moves of logical shards between clusters. A move is done by whoever holds its mover,
-- a number that each process that begins or takes up a move draws anew.
CREATE TABLE shard_moves (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  shard smallint NOT NULL,
  source text NOT NULL,
  target text NOT NULL,
  mover bigint NOT NULL,
  phase text NOT NULL CHECK (phase IN ('PREPARING', 'COPYING', 'CATCHING_UP', 'SWITCHED', 'ABORTING', 'DONE', 'ABORTED')),
  -- The last message that was copied.
  channel_id bigint NOT NULL DEFAULT 0,
  message_id bigint NOT NULL DEFAULT 0,
  started_at timestamptz NOT NULL DEFAULT now(),
  switched_at timestamptz
);
CREATE UNIQUE INDEX shard_moves_open ON shard_moves (shard) WHERE phase NOT IN ('DONE', 'ABORTED');

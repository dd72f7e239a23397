-- What a channel gives the threads that are made in it; minutes and seconds.
ALTER TABLE channels
  ADD COLUMN default_auto_archive_duration int,
  ADD COLUMN default_thread_rate_limit_per_user int NOT NULL DEFAULT 0;

-- Threads are channels, too, and there can be far more of them than of the others.
CREATE INDEX channels_guild_without_threads ON channels (guild_id) WHERE type NOT IN (10, 11, 12);

-- A channel of type 10, 11 or 12 has a row here. A thread is archived if archives_at is not ahead: at that moment it was.
-- Activity moves archives_at on; activated_at is when it was made or last brought back.
CREATE TABLE threads (
  id bigint PRIMARY KEY REFERENCES channels ON DELETE CASCADE,
  guild_id bigint NOT NULL REFERENCES guilds ON DELETE CASCADE,
  parent_id bigint NOT NULL,
  owner_id bigint NOT NULL,
  locked boolean NOT NULL DEFAULT false,
  invitable boolean NOT NULL DEFAULT true,
  auto_archive_duration int NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  activated_at timestamptz NOT NULL DEFAULT now(),
  archives_at timestamptz NOT NULL,
  -- Whether those who see it were told that it is archived.
  archive_told boolean NOT NULL DEFAULT false,
  message_count int NOT NULL DEFAULT 0,
  total_message_sent int NOT NULL DEFAULT 0
);
CREATE INDEX threads_guild ON threads (guild_id, archives_at);
CREATE INDEX threads_parent ON threads (parent_id, archives_at, id);
CREATE INDEX threads_due ON threads (archives_at) WHERE NOT archive_told;

-- Who leaves the guild leaves its threads.
CREATE TABLE thread_members (
  thread_id bigint NOT NULL REFERENCES threads ON DELETE CASCADE,
  user_id bigint NOT NULL,
  guild_id bigint NOT NULL,
  joined_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (thread_id, user_id),
  FOREIGN KEY (guild_id, user_id) REFERENCES members ON DELETE CASCADE
);
CREATE INDEX thread_members_member ON thread_members (guild_id, user_id, thread_id);

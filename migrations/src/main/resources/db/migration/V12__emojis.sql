-- A custom emoji belongs to a guild or to an application.
CREATE TABLE emojis (
  id bigint PRIMARY KEY,
  guild_id bigint REFERENCES guilds ON DELETE CASCADE,
  application_id bigint REFERENCES applications ON DELETE CASCADE,
  name text NOT NULL,
  animated boolean NOT NULL,
  user_id bigint NOT NULL REFERENCES users,
  -- Who may use it; everybody when empty.
  role_ids bigint[] NOT NULL DEFAULT '{}',
  CHECK ((guild_id IS NULL) <> (application_id IS NULL))
);
CREATE INDEX emojis_guild ON emojis (guild_id) WHERE guild_id IS NOT NULL;
CREATE UNIQUE INDEX emojis_application ON emojis (application_id, name) WHERE application_id IS NOT NULL;

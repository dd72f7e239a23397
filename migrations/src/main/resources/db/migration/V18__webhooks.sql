-- Tokens are stored as they are: who manages a guild's webhooks reads them in the list.
CREATE TABLE webhooks (
  id bigint PRIMARY KEY,
  guild_id bigint NOT NULL REFERENCES guilds ON DELETE CASCADE,
  channel_id bigint NOT NULL REFERENCES channels ON DELETE CASCADE,
  creator_id bigint REFERENCES users ON DELETE SET NULL,
  application_id bigint REFERENCES applications ON DELETE CASCADE,
  name text NOT NULL,
  avatar text,
  token text NOT NULL
);
CREATE INDEX webhooks_channel ON webhooks (channel_id);
CREATE INDEX webhooks_guild ON webhooks (guild_id);
CREATE INDEX webhooks_creator ON webhooks (creator_id);
CREATE INDEX webhooks_application ON webhooks (application_id);

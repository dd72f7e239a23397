-- What messages are checked for before they are stored. trigger_metadata and actions are JSON as the API has them.
CREATE TABLE automod_rules (
  id bigint PRIMARY KEY,
  guild_id bigint NOT NULL REFERENCES guilds ON DELETE CASCADE,
  name text NOT NULL,
  creator_id bigint NOT NULL,
  event_type smallint NOT NULL,
  trigger_type smallint NOT NULL,
  trigger_metadata text NOT NULL,
  actions text NOT NULL,
  enabled boolean NOT NULL,
  exempt_roles bigint[] NOT NULL,
  exempt_channels bigint[] NOT NULL
);
CREATE INDEX automod_rules_guild ON automod_rules (guild_id);

-- Grows with every change of the guild's rules: who holds a copy of them asks for this alone.
ALTER TABLE guilds ADD COLUMN automod_version bigint NOT NULL DEFAULT 0;

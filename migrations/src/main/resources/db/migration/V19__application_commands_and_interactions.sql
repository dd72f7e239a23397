-- guild_id is null for a command of all guilds. definition is what the application said of it beside type and name.
CREATE TABLE application_commands (
  id bigint PRIMARY KEY,
  application_id bigint NOT NULL REFERENCES applications ON DELETE CASCADE,
  guild_id bigint REFERENCES guilds ON DELETE CASCADE,
  type smallint NOT NULL,
  name text NOT NULL,
  version bigint NOT NULL,
  definition text NOT NULL
);
CREATE UNIQUE INDEX application_commands_name
  ON application_commands (application_id, guild_id, type, name) NULLS NOT DISTINCT;
CREATE INDEX application_commands_guild ON application_commands (guild_id) WHERE guild_id IS NOT NULL;

-- Who may use a command in a guild. target_id is the command, or the application for all its commands.
CREATE TABLE application_command_permissions (
  guild_id bigint NOT NULL REFERENCES guilds ON DELETE CASCADE,
  application_id bigint NOT NULL REFERENCES applications ON DELETE CASCADE,
  target_id bigint NOT NULL,
  permissions text NOT NULL,
  PRIMARY KEY (guild_id, target_id)
);
CREATE INDEX application_command_permissions_application
  ON application_command_permissions (application_id, guild_id);

-- What users asked of applications, for as long as an answer may come. Tokens are stored as SHA-256 of their text.
-- state: 0 not answered, 1 to be answered later, 2 answered. origin is what the answer says of the question.
CREATE TABLE interactions (
  id bigint PRIMARY KEY,
  token_hash bytea NOT NULL UNIQUE,
  application_id bigint NOT NULL REFERENCES applications ON DELETE CASCADE,
  user_id bigint NOT NULL REFERENCES users ON DELETE CASCADE,
  guild_id bigint,
  channel_id bigint NOT NULL REFERENCES channels ON DELETE CASCADE,
  type smallint NOT NULL,
  message_id bigint,
  origin text NOT NULL,
  state smallint NOT NULL DEFAULT 0,
  response_flags int NOT NULL DEFAULT 0,
  response_id bigint,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX interactions_created ON interactions (created_at);

-- Messages that only the user who asked sees; they are in no history.
CREATE TABLE ephemeral_messages (
  id bigint PRIMARY KEY,
  interaction_id bigint NOT NULL,
  application_id bigint NOT NULL REFERENCES applications ON DELETE CASCADE,
  user_id bigint NOT NULL REFERENCES users ON DELETE CASCADE,
  channel_id bigint NOT NULL REFERENCES channels ON DELETE CASCADE,
  body text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX ephemeral_messages_interaction ON ephemeral_messages (interaction_id);
CREATE INDEX ephemeral_messages_created ON ephemeral_messages (created_at);

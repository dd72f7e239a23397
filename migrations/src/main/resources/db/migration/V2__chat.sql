-- Accounts. A bot is a user without email and password.
CREATE TABLE users (
  id bigint PRIMARY KEY,
  username text NOT NULL,
  username_key text NOT NULL,
  global_name text,
  avatar text,
  bot boolean NOT NULL DEFAULT false,
  email text,
  email_key text UNIQUE,
  password_hash text,
  CHECK (bot OR (email_key IS NOT NULL AND password_hash IS NOT NULL))
);
CREATE UNIQUE INDEX users_username_key ON users (username_key) WHERE NOT bot;

-- One sign-in and all tokens that come from it.
CREATE TABLE token_families (
  id bigint PRIMARY KEY,
  user_id bigint NOT NULL REFERENCES users ON DELETE CASCADE,
  revoked_at timestamptz
);
CREATE INDEX token_families_user ON token_families (user_id);

-- Tokens are stored as SHA-256 of their text.
CREATE TABLE access_tokens (
  hash bytea PRIMARY KEY,
  family_id bigint NOT NULL REFERENCES token_families ON DELETE CASCADE,
  expires_at timestamptz
);
CREATE INDEX access_tokens_family ON access_tokens (family_id);
CREATE INDEX access_tokens_expiry ON access_tokens (expires_at);

CREATE TABLE refresh_tokens (
  hash bytea PRIMARY KEY,
  family_id bigint NOT NULL REFERENCES token_families ON DELETE CASCADE,
  expires_at timestamptz NOT NULL,
  used_at timestamptz
);
CREATE INDEX refresh_tokens_family ON refresh_tokens (family_id);
CREATE INDEX refresh_tokens_expiry ON refresh_tokens (expires_at);

-- An application has the id of its bot user.
CREATE TABLE applications (
  id bigint PRIMARY KEY REFERENCES users ON DELETE CASCADE,
  owner_id bigint NOT NULL REFERENCES users ON DELETE CASCADE,
  name text NOT NULL,
  description text NOT NULL DEFAULT '',
  icon text,
  bot_public boolean NOT NULL DEFAULT true,
  verify_key text NOT NULL
);
CREATE INDEX applications_owner ON applications (owner_id);

CREATE TABLE guilds (
  id bigint PRIMARY KEY,
  name text NOT NULL,
  icon text,
  owner_id bigint NOT NULL REFERENCES users,
  system_channel_id bigint
);

-- The role of everyone has the guild's id.
CREATE TABLE roles (
  id bigint PRIMARY KEY,
  guild_id bigint NOT NULL REFERENCES guilds ON DELETE CASCADE,
  name text NOT NULL,
  permissions bigint NOT NULL,
  position int NOT NULL,
  color int NOT NULL DEFAULT 0,
  hoist boolean NOT NULL DEFAULT false,
  mentionable boolean NOT NULL DEFAULT false,
  bot_id bigint
);
CREATE INDEX roles_guild ON roles (guild_id);

CREATE TABLE members (
  guild_id bigint NOT NULL REFERENCES guilds ON DELETE CASCADE,
  user_id bigint NOT NULL REFERENCES users ON DELETE CASCADE,
  nick text,
  role_ids bigint[] NOT NULL DEFAULT '{}',
  joined_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (guild_id, user_id)
);
CREATE INDEX members_user ON members (user_id);

-- guild_id is null for direct-message channels; dm_key then makes one channel of the same people unique.
CREATE TABLE channels (
  id bigint PRIMARY KEY,
  type smallint NOT NULL,
  guild_id bigint REFERENCES guilds ON DELETE CASCADE,
  dm_key text UNIQUE,
  name text,
  topic text,
  position int NOT NULL DEFAULT 0,
  parent_id bigint,
  nsfw boolean NOT NULL DEFAULT false,
  rate_limit_per_user int NOT NULL DEFAULT 0,
  CHECK ((guild_id IS NULL) <> (dm_key IS NULL))
);
CREATE INDEX channels_guild ON channels (guild_id);

CREATE TABLE channel_recipients (
  channel_id bigint NOT NULL REFERENCES channels ON DELETE CASCADE,
  user_id bigint NOT NULL REFERENCES users ON DELETE CASCADE,
  PRIMARY KEY (channel_id, user_id)
);
CREATE INDEX channel_recipients_user ON channel_recipients (user_id);

-- target_type: 0 a role, 1 a member.
CREATE TABLE channel_overwrites (
  channel_id bigint NOT NULL REFERENCES channels ON DELETE CASCADE,
  target_id bigint NOT NULL,
  target_type smallint NOT NULL,
  allow bigint NOT NULL,
  deny bigint NOT NULL,
  PRIMARY KEY (channel_id, target_id)
);

CREATE TABLE invites (
  code text PRIMARY KEY,
  guild_id bigint NOT NULL REFERENCES guilds ON DELETE CASCADE,
  channel_id bigint NOT NULL REFERENCES channels ON DELETE CASCADE,
  inviter_id bigint NOT NULL REFERENCES users ON DELETE CASCADE,
  max_uses int NOT NULL,
  uses int NOT NULL DEFAULT 0,
  max_age int NOT NULL,
  temporary boolean NOT NULL DEFAULT false,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz
);
CREATE INDEX invites_guild ON invites (guild_id);

-- Clustered by channel and time: a page of history is one range of the key.
CREATE TABLE messages (
  channel_id bigint NOT NULL REFERENCES channels ON DELETE CASCADE,
  id bigint NOT NULL,
  author_id bigint NOT NULL REFERENCES users,
  type smallint NOT NULL,
  content text NOT NULL,
  flags int NOT NULL,
  tts boolean NOT NULL,
  mention_everyone boolean NOT NULL,
  mentions bigint[] NOT NULL,
  mention_roles bigint[] NOT NULL,
  embeds text NOT NULL,
  reference_id bigint,
  nonce text,
  PRIMARY KEY (channel_id, id)
);

-- What makes a client's second try of one message return the first (enforce_nonce).
CREATE TABLE message_nonces (
  author_id bigint NOT NULL,
  channel_id bigint NOT NULL,
  nonce text NOT NULL,
  message_id bigint NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (author_id, channel_id, nonce)
);
CREATE INDEX message_nonces_created ON message_nonces (created_at);

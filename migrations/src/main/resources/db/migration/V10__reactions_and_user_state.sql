-- What a message was reacted with, each emoji once. emoji is the character without variation selectors, or the id of a
-- guild's own emoji; first_id orders the emojis of a message by when somebody reacted first.
CREATE TABLE reactions (
  channel_id bigint NOT NULL,
  message_id bigint NOT NULL,
  emoji text NOT NULL,
  emoji_id bigint,
  emoji_name text NOT NULL,
  animated boolean NOT NULL DEFAULT false,
  count int NOT NULL,
  first_id bigint NOT NULL,
  PRIMARY KEY (channel_id, message_id, emoji),
  FOREIGN KEY (channel_id, message_id) REFERENCES messages ON DELETE CASCADE
);

-- Who reacted. A page of history reads the counts above, and not these.
CREATE TABLE reaction_users (
  channel_id bigint NOT NULL,
  message_id bigint NOT NULL,
  emoji text NOT NULL,
  user_id bigint NOT NULL REFERENCES users ON DELETE CASCADE,
  PRIMARY KEY (channel_id, message_id, emoji, user_id),
  FOREIGN KEY (channel_id, message_id, emoji) REFERENCES reactions ON DELETE CASCADE
);
CREATE INDEX reaction_users_user ON reaction_users (user_id);

-- What one user is to another in the first one's eyes. type: 1 a friend, 2 blocked, 3 asks to be a friend, 4 was asked.
CREATE TABLE relationships (
  user_id bigint NOT NULL REFERENCES users ON DELETE CASCADE,
  target_id bigint NOT NULL REFERENCES users ON DELETE CASCADE,
  type smallint NOT NULL,
  since timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (user_id, target_id)
);
CREATE INDEX relationships_target ON relationships (target_id);

-- The newest message of a channel that a user has seen.
CREATE TABLE read_states (
  user_id bigint NOT NULL REFERENCES users ON DELETE CASCADE,
  channel_id bigint NOT NULL REFERENCES channels ON DELETE CASCADE,
  last_message_id bigint NOT NULL,
  PRIMARY KEY (user_id, channel_id)
) WITH (fillfactor = 80);
CREATE INDEX read_states_channel ON read_states (channel_id);

-- Messages that mention somebody: what was not seen yet is counted over these, so that sending writes no row a member.
CREATE INDEX messages_mentioning ON messages (channel_id, id)
  WHERE mention_everyone OR mentions <> '{}' OR mention_roles <> '{}';

-- What a user has set in its client, as one JSON object.
CREATE TABLE user_settings (
  user_id bigint PRIMARY KEY REFERENCES users ON DELETE CASCADE,
  settings text NOT NULL
);

-- A direct-message channel of several; its dm_key is its own id.
CREATE TABLE group_channels (
  channel_id bigint PRIMARY KEY REFERENCES channels ON DELETE CASCADE,
  owner_id bigint NOT NULL REFERENCES users,
  icon text
);
CREATE INDEX group_channels_owner ON group_channels (owner_id);

-- An id of the moment in which the user closed the channel: a message that is newer opens it again.
ALTER TABLE channel_recipients ADD COLUMN closed_at bigint;

-- A deleted account keeps its row, which its messages name, and nothing personal in it.
ALTER TABLE users ADD COLUMN deleted_at timestamptz;
ALTER TABLE users DROP CONSTRAINT users_check;
ALTER TABLE users ADD CONSTRAINT users_check
  CHECK (bot OR deleted_at IS NOT NULL OR (email_key IS NOT NULL AND password_hash IS NOT NULL));

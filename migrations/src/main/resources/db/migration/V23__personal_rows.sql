-- What goes with a user, or with a channel, has to be found.
CREATE INDEX interactions_user ON interactions (user_id);
CREATE INDEX interactions_channel ON interactions (channel_id);
CREATE INDEX ephemeral_messages_user ON ephemeral_messages (user_id);
CREATE INDEX ephemeral_messages_channel ON ephemeral_messages (channel_id);
CREATE INDEX uploads_user ON uploads (user_id);

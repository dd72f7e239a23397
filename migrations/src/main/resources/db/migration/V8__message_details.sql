-- A message may answer one of its channel (type 0) or pass on one of another (type 1).
ALTER TABLE messages
  ADD COLUMN reference_type smallint NOT NULL DEFAULT 0,
  ADD COLUMN reference_channel_id bigint,
  ADD COLUMN reference_guild_id bigint,
  ADD COLUMN edited_at timestamptz,
  ADD COLUMN pinned_at timestamptz,
  ADD COLUMN webhook_id bigint,
  -- What only some messages have, as the message object names it.
  ADD COLUMN extra text;
UPDATE messages SET
  reference_channel_id = channel_id,
  reference_guild_id = (SELECT c.guild_id FROM channels c WHERE c.id = messages.channel_id)
WHERE reference_id IS NOT NULL;
CREATE INDEX messages_pinned ON messages (channel_id, pinned_at) WHERE pinned_at IS NOT NULL;

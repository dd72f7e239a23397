-- Content (messages and what hangs from them) can be on another cluster than the directory (users, guilds, channels …), so
-- it stands alone: no foreign key leads from the one to the other, and no trigger of the one reads the other.

-- What this cluster has of the content of each logical shard: 'owned'; 'moving', while it is copied away; 'frozen', for the
-- moment in which it is handed over; 'leaving', until its rows are removed; 'arriving', while it is copied here; 'absent'.
CREATE TABLE shard_ownership (
  shard smallint PRIMARY KEY,
  state text NOT NULL CHECK (state IN ('owned', 'moving', 'frozen', 'leaving', 'arriving', 'absent')),
  -- Who may write while it is leaving or arriving.
  mover bigint
);
INSERT INTO shard_ownership (shard, state) SELECT s, '${content}' FROM generate_series(0, 1023) AS s;

-- The channels of which there is content here.
CREATE TABLE channel_places (
  channel_id bigint PRIMARY KEY,
  guild_id bigint,
  shard smallint NOT NULL GENERATED ALWAYS AS (((coalesce(guild_id, channel_id) >> 22) & 1023)::smallint) STORED,
  -- Whether the channel is deleted and its content is being removed.
  gone boolean NOT NULL DEFAULT false
);
CREATE INDEX channel_places_shard ON channel_places (shard, channel_id);
INSERT INTO channel_places (channel_id, guild_id) SELECT id, guild_id FROM channels;

-- Messages that were changed, with their reactions, since their shard began to move.
CREATE TABLE shard_changes (
  shard smallint NOT NULL,
  id bigint GENERATED ALWAYS AS IDENTITY,
  channel_id bigint NOT NULL,
  message_id bigint NOT NULL,
  PRIMARY KEY (shard, id)
);

-- On the cluster of the directory: the shards that are not there, and how often that changed.
CREATE TABLE shard_map (shard smallint PRIMARY KEY, cluster text NOT NULL);
CREATE TABLE shard_map_version (version bigint NOT NULL);
INSERT INTO shard_map_version VALUES (1);

-- Changes of another cluster that belong to a transaction of this one, and those that were made here for others. shard is
-- null for the directory.
CREATE TABLE deferred_changes (
  kind text NOT NULL,
  id bigint NOT NULL,
  shard smallint,
  data text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (kind, id)
);
CREATE INDEX deferred_changes_created ON deferred_changes (created_at);
CREATE TABLE applied_changes (
  kind text NOT NULL,
  id bigint NOT NULL,
  shard smallint,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (kind, id)
);
CREATE INDEX applied_changes_created ON applied_changes (created_at);

-- The newest message of channels whose content is not here, as the fan-out notes it.
CREATE TABLE newest_messages (channel_id bigint PRIMARY KEY, message_id bigint NOT NULL);

-- Deleted channels whose content is still there.
CREATE TABLE gone_channels (
  channel_id bigint PRIMARY KEY,
  guild_id bigint,
  gone_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX gone_channels_gone ON gone_channels (gone_at);
INSERT INTO gone_channels (channel_id) SELECT channel_id FROM search_gone;

-- Passes if the content of a shard may be written here, and keeps it so until the transaction ends: a move waits for the lock
-- before it goes on. The state is read after the lock, and so as it is then.
CREATE FUNCTION enter_shard(entered smallint) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  found_state text;
  found_mover bigint;
BEGIN
  PERFORM pg_advisory_xact_lock_shared(1918, entered);
  SELECT o.state, o.mover INTO found_state, found_mover FROM shard_ownership o WHERE o.shard = entered;
  IF found_state IN ('owned', 'moving') THEN
    RETURN found_state;
  END IF;
  IF found_mover::text = current_setting('parley.mover', true) THEN
    RETURN found_state;
  END IF;
  IF found_state = 'frozen' THEN
    RAISE EXCEPTION 'Logical shard % is being handed over', entered USING ERRCODE = 'PS002';
  END IF;
  RAISE EXCEPTION 'Logical shard % is not on this cluster', entered USING ERRCODE = 'PS001';
END $$;

-- As above for who moves the shard: until the transaction ends it is the mover's, which may write where nobody else may.
CREATE FUNCTION claim_shard(claimed smallint, claiming bigint) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
  PERFORM set_config('parley.mover', claiming::text, true);
  RETURN enter_shard(claimed);
END $$;

-- As above for who reads, which goes on while a shard is handed over.
CREATE FUNCTION require_shard(entered smallint) RETURNS text LANGUAGE plpgsql STABLE AS $$
DECLARE
  found_state text;
BEGIN
  SELECT o.state INTO found_state FROM shard_ownership o WHERE o.shard = entered;
  IF found_state IN ('owned', 'moving', 'frozen') THEN
    RETURN found_state;
  END IF;
  RAISE EXCEPTION 'Logical shard % is not on this cluster', entered USING ERRCODE = 'PS001';
END $$;

-- Enters the shard of a channel with a change of one of its messages, and notes the change while the shard moves.
CREATE FUNCTION enter_channel(entered bigint, changed bigint) RETURNS channel_places LANGUAGE plpgsql AS $$
DECLARE
  place channel_places;
BEGIN
  SELECT p.* INTO place FROM channel_places p WHERE p.channel_id = entered;
  IF NOT FOUND THEN
    -- A release that knows nothing of shards writes while this one is deployed.
    INSERT INTO channel_places (channel_id, guild_id) SELECT c.id, c.guild_id FROM channels c WHERE c.id = entered
    ON CONFLICT DO NOTHING;
    SELECT p.* INTO place FROM channel_places p WHERE p.channel_id = entered;
    IF NOT FOUND THEN
      RAISE EXCEPTION 'Channel % is not known here', entered USING ERRCODE = 'foreign_key_violation';
    END IF;
  END IF;
  IF enter_shard(place.shard) = 'moving' THEN
    INSERT INTO shard_changes (shard, channel_id, message_id) VALUES (place.shard, entered, changed);
  END IF;
  RETURN place;
END $$;

-- A message, and what the index is to know of it. Nothing is noted of direct messages, which are not searched, and of what
-- goes because its channel is deleted or its shard has left.
CREATE OR REPLACE FUNCTION note_message_for_search() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  place channel_places;
BEGIN
  IF TG_OP = 'INSERT' THEN
    place := enter_channel(NEW.channel_id, NEW.id);
    IF place.guild_id IS NOT NULL THEN
      INSERT INTO search_changes (guild_id, channel_id, message_id) VALUES (place.guild_id, NEW.channel_id, NEW.id);
    END IF;
    RETURN NULL;
  END IF;
  place := enter_channel(OLD.channel_id, OLD.id);
  IF place.guild_id IS NULL OR place.gone
    OR (SELECT o.state = 'leaving' FROM shard_ownership o WHERE o.shard = place.shard) THEN
    RETURN NULL;
  END IF;
  IF TG_OP = 'DELETE' OR
    (OLD.content, OLD.embeds, OLD.extra, OLD.mentions, OLD.mention_roles, OLD.mention_everyone, OLD.pinned_at IS NULL)
    IS DISTINCT FROM
    (NEW.content, NEW.embeds, NEW.extra, NEW.mentions, NEW.mention_roles, NEW.mention_everyone, NEW.pinned_at IS NULL)
  THEN
    INSERT INTO search_changes (guild_id, channel_id, message_id, before)
    VALUES (place.guild_id, OLD.channel_id, OLD.id, to_json(OLD)::text);
  END IF;
  RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER message_changed_for_search AFTER UPDATE ON messages
  FOR EACH ROW EXECUTE FUNCTION note_message_for_search();

-- Each change of a reaction changes its count, too.
CREATE FUNCTION enter_reaction() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    PERFORM enter_channel(OLD.channel_id, OLD.message_id);
  ELSE
    PERFORM enter_channel(NEW.channel_id, NEW.message_id);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER reaction_changed AFTER INSERT OR UPDATE OR DELETE ON reactions
  FOR EACH ROW EXECUTE FUNCTION enter_reaction();

-- What a move copies or removes is the same content in another place: its files stay.
CREATE OR REPLACE FUNCTION check_files() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF coalesce(current_setting('parley.mover', true), '') <> '' THEN
    RETURN NULL;
  END IF;
  INSERT INTO file_checks (attachment_id, channel_id, message_id, filename, due_at)
  SELECT (file->>'id')::bigint, OLD.channel_id, OLD.id, file->>'filename', now()
  FROM jsonb_array_elements(OLD.extra::jsonb->'attachments') AS file
  ON CONFLICT (attachment_id) DO UPDATE SET due_at = excluded.due_at;
  RETURN NULL;
END $$;

-- A channel's content goes some time after it, when nobody can be writing any more: of each channel, not of a guild's alone.
CREATE OR REPLACE FUNCTION note_channel_for_search() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO gone_channels (channel_id, guild_id) VALUES (OLD.id, OLD.guild_id) ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER channel_gone_for_search AFTER DELETE ON channels
  FOR EACH ROW EXECUTE FUNCTION note_channel_for_search();

-- The triggers hold off who writes messages until this commits, so each channel with messages has its place: also those made
-- since the places were read. Ids are made in the order of time, to the minute at the least.
INSERT INTO channel_places (channel_id, guild_id)
SELECT c.id, c.guild_id FROM channels c
WHERE c.id > (SELECT coalesce(max(p.channel_id), 0) FROM channel_places p) - (60000::bigint << 22)
ON CONFLICT DO NOTHING;

-- safe: the release before takes from it only that a channel's messages go with it. The trigger notes the channel now, and the
-- release after removes its content; until that runs nobody finds it, since all is read by the channel.
ALTER TABLE messages DROP CONSTRAINT messages_channel_id_fkey;
-- safe: no release deletes the row of a user, but makes it anonymous, and reactions are taken back by statements.
ALTER TABLE reaction_users DROP CONSTRAINT reaction_users_user_id_fkey;
-- safe: a row of a guild that is deleted is the size of its index, which nobody asks for any more.
ALTER TABLE search_guilds DROP CONSTRAINT search_guilds_guild_id_fkey;
-- safe: an entry of a guild that is deleted finds nothing, and nobody searches there.
ALTER TABLE search_backlog DROP CONSTRAINT search_backlog_guild_id_fkey;
-- safe: an entry of a channel that is deleted goes with the channel's content; until then a search of its guild says that it is
-- not complete.
ALTER TABLE search_backlog DROP CONSTRAINT search_backlog_channel_id_fkey;

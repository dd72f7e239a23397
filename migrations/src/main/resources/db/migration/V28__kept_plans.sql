-- Statements that every message and every IDENTIFY runs. Behind RDS Proxy a statement is planned each time it runs, since one
-- that is prepared by name pins the connection (Amazon RDS User Guide, "Avoiding pinning an RDS Proxy"), and these took longer
-- to plan than to run. A function's statements keep their plans for as long as the server's connection lives, whoever borrows
-- it.
--
-- A plan that is kept must do for all parameters, and for tables of any size, so it looks nothing over that has an index.
-- Functions are not changed: the release that runs while this one is deployed calls them too. One that is to do otherwise gets
-- another name.

-- Everything that says what a user may do in a channel. No row if there is no such channel.
CREATE FUNCTION channel_access(asked_channel bigint, asking_user bigint) RETURNS TABLE (
  id bigint, type smallint, guild_id bigint, name text, topic text, "position" integer, parent_id bigint, nsfw boolean,
  rate_limit_per_user integer, default_auto_archive_duration integer, default_thread_rate_limit_per_user integer,
  thread_owner_id bigint, locked boolean, invitable boolean, auto_archive_duration integer, created_at timestamptz,
  activated_at timestamptz, archives_at timestamptz, archived boolean, message_count integer, total_message_sent integer,
  member_count bigint, last_message_id bigint, overwrites json,
  owner_id bigint, nick text, role_ids bigint[], joined_at timestamptz, communication_disabled_until timestamptz,
  timed_out boolean, username text, global_name text, avatar text, bot boolean, role_permissions json, recipients bigint[],
  parent_overwrites json, thread_joined_at timestamptz, unreachable boolean
) LANGUAGE plpgsql STABLE SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
  SELECT
    c.id, c.type, c.guild_id, c.name, c.topic, c.position, c.parent_id, c.nsfw, c.rate_limit_per_user,
    c.default_auto_archive_duration, c.default_thread_rate_limit_per_user,
    t.owner_id AS thread_owner_id, t.locked, t.invitable, t.auto_archive_duration, t.created_at, t.activated_at,
    t.archives_at, t.archives_at <= now() AS archived, t.message_count, t.total_message_sent,
    CASE WHEN t.id IS NOT NULL THEN
      (SELECT count(*) FROM (SELECT 1 FROM thread_members x WHERE x.thread_id = t.id LIMIT 50) counted)
    END AS member_count,
    greatest((SELECT max(x.id) FROM messages x WHERE x.channel_id = c.id),
      (SELECT n.message_id FROM newest_messages n WHERE n.channel_id = c.id)) AS last_message_id,
    (SELECT json_agg(json_build_array(o.target_id::text, o.target_type, o.allow::text, o.deny::text) ORDER BY o.target_id)
     FROM channel_overwrites o WHERE o.channel_id = c.id) AS overwrites,
    g.owner_id, m.nick, m.role_ids, m.joined_at, m.communication_disabled_until,
    m.communication_disabled_until > now() AS timed_out, u.username, u.global_name, u.avatar, u.bot,
    (SELECT json_object_agg(r.id::text, r.permissions::text) FROM roles r
     WHERE r.guild_id = c.guild_id AND (r.id = c.guild_id OR r.id = ANY (m.role_ids))) AS role_permissions,
    (SELECT array_agg(p.user_id ORDER BY p.user_id) FROM channel_recipients p WHERE p.channel_id = c.id) AS recipients,
    (SELECT json_agg(json_build_array(o.target_id::text, o.target_type, o.allow::text, o.deny::text))
     FROM channel_overwrites o WHERE o.channel_id = t.parent_id) AS parent_overwrites,
    tm.joined_at AS thread_joined_at,
    CASE WHEN c.type = 1 THEN EXISTS (
      SELECT 1 FROM channel_recipients p JOIN users o ON o.id = p.user_id
      WHERE p.channel_id = c.id AND p.user_id <> asking_user AND (o.deleted_at IS NOT NULL OR EXISTS (
        SELECT 1 FROM relationships b
        WHERE b.type = 2 AND (b.user_id, b.target_id) IN ((p.user_id, asking_user), (asking_user, p.user_id)))))
    ELSE false END AS unreachable
  FROM channels c
  LEFT JOIN threads t ON t.id = c.id
  LEFT JOIN thread_members tm ON tm.thread_id = t.id AND tm.user_id = asking_user
  LEFT JOIN guilds g ON g.id = c.guild_id
  LEFT JOIN members m ON m.guild_id = c.guild_id AND m.user_id = asking_user
  LEFT JOIN users u ON u.id = asking_user
  WHERE c.id = asked_channel;
END $$;

-- The channels of a guild in their order, without threads.
CREATE FUNCTION channels_of_guild(asked_guild bigint) RETURNS TABLE (
  id bigint, type smallint, guild_id bigint, name text, topic text, "position" integer, parent_id bigint, nsfw boolean,
  rate_limit_per_user integer, default_auto_archive_duration integer, default_thread_rate_limit_per_user integer,
  thread_owner_id bigint, locked boolean, invitable boolean, auto_archive_duration integer, created_at timestamptz,
  activated_at timestamptz, archives_at timestamptz, archived boolean, message_count integer, total_message_sent integer,
  member_count bigint, last_message_id bigint, overwrites json
) LANGUAGE plpgsql STABLE SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
  SELECT
    c.id, c.type, c.guild_id, c.name, c.topic, c.position, c.parent_id, c.nsfw, c.rate_limit_per_user,
    c.default_auto_archive_duration, c.default_thread_rate_limit_per_user,
    t.owner_id AS thread_owner_id, t.locked, t.invitable, t.auto_archive_duration, t.created_at, t.activated_at,
    t.archives_at, t.archives_at <= now() AS archived, t.message_count, t.total_message_sent,
    CASE WHEN t.id IS NOT NULL THEN
      (SELECT count(*) FROM (SELECT 1 FROM thread_members x WHERE x.thread_id = t.id LIMIT 50) counted)
    END AS member_count,
    greatest((SELECT max(x.id) FROM messages x WHERE x.channel_id = c.id),
      (SELECT n.message_id FROM newest_messages n WHERE n.channel_id = c.id)) AS last_message_id,
    (SELECT json_agg(json_build_array(o.target_id::text, o.target_type, o.allow::text, o.deny::text) ORDER BY o.target_id)
     FROM channel_overwrites o WHERE o.channel_id = c.id) AS overwrites
  FROM channels c LEFT JOIN threads t ON t.id = c.id
  WHERE c.guild_id = asked_guild AND c.type NOT IN (10, 11, 12) ORDER BY c.position, c.id;
END $$;

-- The active threads of a guild, the newest first, and whether a user is in them.
CREATE FUNCTION active_threads_of_guild(asked_guild bigint, asking_user bigint) RETURNS TABLE (
  id bigint, type smallint, guild_id bigint, name text, topic text, "position" integer, parent_id bigint, nsfw boolean,
  rate_limit_per_user integer, default_auto_archive_duration integer, default_thread_rate_limit_per_user integer,
  thread_owner_id bigint, locked boolean, invitable boolean, auto_archive_duration integer, created_at timestamptz,
  activated_at timestamptz, archives_at timestamptz, archived boolean, message_count integer, total_message_sent integer,
  member_count bigint, last_message_id bigint, overwrites json,
  own_user_id bigint, own_joined_at timestamptz
) LANGUAGE plpgsql STABLE SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
  SELECT
    c.id, c.type, c.guild_id, c.name, c.topic, c.position, c.parent_id, c.nsfw, c.rate_limit_per_user,
    c.default_auto_archive_duration, c.default_thread_rate_limit_per_user,
    t.owner_id AS thread_owner_id, t.locked, t.invitable, t.auto_archive_duration, t.created_at, t.activated_at,
    t.archives_at, t.archives_at <= now() AS archived, t.message_count, t.total_message_sent,
    CASE WHEN t.id IS NOT NULL THEN
      (SELECT count(*) FROM (SELECT 1 FROM thread_members x WHERE x.thread_id = t.id LIMIT 50) counted)
    END AS member_count,
    greatest((SELECT max(x.id) FROM messages x WHERE x.channel_id = c.id),
      (SELECT n.message_id FROM newest_messages n WHERE n.channel_id = c.id)) AS last_message_id,
    (SELECT json_agg(json_build_array(o.target_id::text, o.target_type, o.allow::text, o.deny::text) ORDER BY o.target_id)
     FROM channel_overwrites o WHERE o.channel_id = c.id) AS overwrites,
    m.user_id AS own_user_id, m.joined_at AS own_joined_at
  FROM threads t JOIN channels c ON c.id = t.id
  LEFT JOIN thread_members m ON m.thread_id = t.id AND m.user_id = asking_user
  WHERE t.guild_id = asked_guild AND t.archives_at > now() ORDER BY t.id DESC;
END $$;

-- How far a user has read: of the channels in which messages can be, those of which something was read or is new, with the
-- newest messages first. Channels that the user cannot see are among them, and threads only if the user is in them. What was
-- there before the user joined the guild or the thread is not new.
CREATE FUNCTION newest_read_states(asking_user bigint, most integer) RETURNS TABLE (
  id bigint, type smallint, guild_id bigint, name text, topic text, "position" integer, parent_id bigint, nsfw boolean,
  rate_limit_per_user integer, default_auto_archive_duration integer, default_thread_rate_limit_per_user integer,
  thread_owner_id bigint, locked boolean, invitable boolean, auto_archive_duration integer, created_at timestamptz,
  activated_at timestamptz, archives_at timestamptz, archived boolean, message_count integer, total_message_sent integer,
  member_count bigint, last_message_id bigint, overwrites json,
  guild_owner_id bigint, role_ids bigint[], acknowledged bigint, seen bigint, role_permissions json, parent_overwrites json
) LANGUAGE plpgsql STABLE SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
  WITH mine AS MATERIALIZED (
    SELECT x.id, m.role_ids,
           ((extract(epoch FROM m.joined_at) * 1000)::bigint - 1420070400000) << 22 AS since
    FROM members m JOIN channels x ON x.guild_id = m.guild_id
    WHERE m.user_id = asking_user AND x.type IN (0, 5)
    UNION ALL
    SELECT n.thread_id, m.role_ids,
           ((extract(epoch FROM n.joined_at) * 1000)::bigint - 1420070400000) << 22 AS since
    FROM members m JOIN thread_members n ON n.guild_id = m.guild_id AND n.user_id = m.user_id
    WHERE m.user_id = asking_user
    UNION ALL
    SELECT p.channel_id, '{}'::bigint[], 0 FROM channel_recipients p WHERE p.user_id = asking_user
  ), state AS MATERIALIZED (
    SELECT mine.id, mine.role_ids, rs.last_message_id AS acknowledged,
           coalesce(rs.last_message_id, mine.since) AS seen
    FROM mine LEFT JOIN read_states rs ON rs.user_id = asking_user AND rs.channel_id = mine.id
  ), picked AS MATERIALIZED (
    SELECT y.* FROM (SELECT state.*,
        greatest((SELECT max(x.id) FROM messages x WHERE x.channel_id = state.id),
        (SELECT n.message_id FROM newest_messages n WHERE n.channel_id = state.id)) AS newest
      -- With OFFSET it is found once, and not again for the condition and for the order.
      FROM state OFFSET 0) AS y
    WHERE y.acknowledged IS NOT NULL OR y.newest > y.seen
    ORDER BY y.newest DESC NULLS LAST LIMIT most
  )
  SELECT
    c.id, c.type, c.guild_id, c.name, c.topic, c.position, c.parent_id, c.nsfw, c.rate_limit_per_user,
    c.default_auto_archive_duration, c.default_thread_rate_limit_per_user,
    t.owner_id AS thread_owner_id, t.locked, t.invitable, t.auto_archive_duration, t.created_at, t.activated_at,
    t.archives_at, t.archives_at <= now() AS archived, t.message_count, t.total_message_sent,
    CASE WHEN t.id IS NOT NULL THEN
      (SELECT count(*) FROM (SELECT 1 FROM thread_members x WHERE x.thread_id = t.id LIMIT 50) counted)
    END AS member_count,
    greatest((SELECT max(x.id) FROM messages x WHERE x.channel_id = c.id),
      (SELECT n.message_id FROM newest_messages n WHERE n.channel_id = c.id)) AS last_message_id,
    (SELECT json_agg(json_build_array(o.target_id::text, o.target_type, o.allow::text, o.deny::text) ORDER BY o.target_id)
     FROM channel_overwrites o WHERE o.channel_id = c.id) AS overwrites,
    g.owner_id AS guild_owner_id, k.role_ids, k.acknowledged, k.seen,
    (SELECT json_object_agg(r.id::text, r.permissions::text) FROM roles r
     WHERE r.guild_id = c.guild_id AND (r.id = c.guild_id OR r.id = ANY (k.role_ids))) AS role_permissions,
    (SELECT json_agg(json_build_array(o.target_id::text, o.target_type, o.allow::text, o.deny::text))
     FROM channel_overwrites o WHERE o.channel_id = t.parent_id) AS parent_overwrites
  FROM picked k
  JOIN channels c ON c.id = k.id
  LEFT JOIN threads t ON t.id = c.id
  LEFT JOIN guilds g ON g.id = c.guild_id
  ORDER BY k.newest DESC NULLS LAST;
END $$;

-- As above, of all these channels a page in the order of their ids.
CREATE FUNCTION read_states_behind(asking_user bigint, after_channel bigint, most integer) RETURNS TABLE (
  id bigint, type smallint, guild_id bigint, name text, topic text, "position" integer, parent_id bigint, nsfw boolean,
  rate_limit_per_user integer, default_auto_archive_duration integer, default_thread_rate_limit_per_user integer,
  thread_owner_id bigint, locked boolean, invitable boolean, auto_archive_duration integer, created_at timestamptz,
  activated_at timestamptz, archives_at timestamptz, archived boolean, message_count integer, total_message_sent integer,
  member_count bigint, last_message_id bigint, overwrites json,
  guild_owner_id bigint, role_ids bigint[], acknowledged bigint, seen bigint, role_permissions json, parent_overwrites json
) LANGUAGE plpgsql STABLE SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
  WITH mine AS MATERIALIZED (
    SELECT x.id, m.role_ids,
           ((extract(epoch FROM m.joined_at) * 1000)::bigint - 1420070400000) << 22 AS since
    FROM members m JOIN channels x ON x.guild_id = m.guild_id
    WHERE m.user_id = asking_user AND x.type IN (0, 5)
    UNION ALL
    SELECT n.thread_id, m.role_ids,
           ((extract(epoch FROM n.joined_at) * 1000)::bigint - 1420070400000) << 22 AS since
    FROM members m JOIN thread_members n ON n.guild_id = m.guild_id AND n.user_id = m.user_id
    WHERE m.user_id = asking_user
    UNION ALL
    SELECT p.channel_id, '{}'::bigint[], 0 FROM channel_recipients p WHERE p.user_id = asking_user
  ), state AS MATERIALIZED (
    SELECT mine.id, mine.role_ids, rs.last_message_id AS acknowledged,
           coalesce(rs.last_message_id, mine.since) AS seen
    FROM mine LEFT JOIN read_states rs ON rs.user_id = asking_user AND rs.channel_id = mine.id
  ), picked AS MATERIALIZED (
    SELECT state.* FROM state WHERE state.id > after_channel ORDER BY state.id LIMIT most
  )
  SELECT
    c.id, c.type, c.guild_id, c.name, c.topic, c.position, c.parent_id, c.nsfw, c.rate_limit_per_user,
    c.default_auto_archive_duration, c.default_thread_rate_limit_per_user,
    t.owner_id AS thread_owner_id, t.locked, t.invitable, t.auto_archive_duration, t.created_at, t.activated_at,
    t.archives_at, t.archives_at <= now() AS archived, t.message_count, t.total_message_sent,
    CASE WHEN t.id IS NOT NULL THEN
      (SELECT count(*) FROM (SELECT 1 FROM thread_members x WHERE x.thread_id = t.id LIMIT 50) counted)
    END AS member_count,
    greatest((SELECT max(x.id) FROM messages x WHERE x.channel_id = c.id),
      (SELECT n.message_id FROM newest_messages n WHERE n.channel_id = c.id)) AS last_message_id,
    (SELECT json_agg(json_build_array(o.target_id::text, o.target_type, o.allow::text, o.deny::text) ORDER BY o.target_id)
     FROM channel_overwrites o WHERE o.channel_id = c.id) AS overwrites,
    g.owner_id AS guild_owner_id, k.role_ids, k.acknowledged, k.seen,
    (SELECT json_object_agg(r.id::text, r.permissions::text) FROM roles r
     WHERE r.guild_id = c.guild_id AND (r.id = c.guild_id OR r.id = ANY (k.role_ids))) AS role_permissions,
    (SELECT json_agg(json_build_array(o.target_id::text, o.target_type, o.allow::text, o.deny::text))
     FROM channel_overwrites o WHERE o.channel_id = t.parent_id) AS parent_overwrites
  FROM picked k
  JOIN channels c ON c.id = k.id
  LEFT JOIN threads t ON t.id = c.id
  LEFT JOIN guilds g ON g.id = c.guild_id
  ORDER BY k.id;
END $$;

-- What has come in channels since: whether somebody else wrote, and how many messages mention the user, of the newest so many.
-- The channels, how far each was read, whether each is between people, and the user's roles in it are lists of one length.
CREATE FUNCTION unseen_messages(
  asking_user bigint, most integer, asked_channels bigint[], seen bigint[], directs boolean[], roles text[]
) RETURNS TABLE (id bigint, unread boolean, mentions bigint, newest bigint) LANGUAGE plpgsql STABLE SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
  SELECT s.id,
    EXISTS (SELECT 1 FROM (
      SELECT m.author_id FROM messages m WHERE m.channel_id = s.id AND m.id > s.seen
      ORDER BY m.id DESC LIMIT most) AS x WHERE x.author_id <> asking_user),
    CASE WHEN s.direct THEN (SELECT count(*) FROM (
      SELECT m.author_id FROM messages m WHERE m.channel_id = s.id AND m.id > s.seen
      ORDER BY m.id DESC LIMIT most) AS x WHERE x.author_id <> asking_user)
    ELSE (SELECT count(*) FROM (
      SELECT m.author_id, m.mention_everyone, m.mentions, m.mention_roles FROM messages m
      WHERE m.channel_id = s.id AND m.id > s.seen
        AND (m.mention_everyone OR m.mentions <> '{}' OR m.mention_roles <> '{}')
      ORDER BY m.id DESC LIMIT most) AS x
      WHERE x.author_id <> asking_user AND (x.mention_everyone OR asking_user = ANY (x.mentions)
        OR s.role_ids::bigint[] && x.mention_roles))
    END,
    (SELECT max(m.id) FROM messages m WHERE m.channel_id = s.id)
  FROM unnest(asked_channels, seen, directs, roles) AS s (id, seen, direct, role_ids);
END $$;

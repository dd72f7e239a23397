-- Makes a session that holds back what is appended until it is started.
--
-- KEYS[1]  session hash
-- ARGV[1]  user id
-- ARGV[2]  '1' for a bot, else '0'
-- ARGV[3]  intents
-- ARGV[4]  shard, as 'id/count'; '' when the client named none
-- ARGV[5]  digest of the token that it was begun with
-- ARGV[6]  connection id
-- ARGV[7]  heartbeat interval of the connection, ms
-- ARGV[8]  when the client is asked to reconnect, ms since 1970
-- ARGV[9]  now, ms since 1970
-- ARGV[10] time to live, ms
-- What every event needs stands first: small hashes are searched from the front.
redis.call('HSET', KEYS[1],
  'seq', 0, 'sent', 0, 'bytes', 0, 'conn', ARGV[6], 'lease', '', 'lease_until', 0, 'starting', 1,
  'heartbeat', ARGV[9], 'interval', ARGV[7], 'reconnect_at', ARGV[8], 'created', ARGV[9],
  'user', ARGV[1], 'bot', ARGV[2], 'intents', ARGV[3], 'shard', ARGV[4], 'token', ARGV[5])
redis.call('PEXPIRE', KEYS[1], ARGV[10])
return 1

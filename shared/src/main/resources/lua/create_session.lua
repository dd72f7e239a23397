-- Makes a session that holds back what is appended until it is started.
--
-- KEYS[1]  session hash
-- ARGV[1]  user id
-- ARGV[2]  '1' for a bot, else '0'
-- ARGV[3]  intents
-- ARGV[4]  connection id
-- ARGV[5]  now, ms since 1970
-- ARGV[6]  time to live, ms
redis.call('HSET', KEYS[1],
  'user', ARGV[1], 'bot', ARGV[2], 'intents', ARGV[3], 'conn', ARGV[4],
  'created', ARGV[5], 'heartbeat', ARGV[5],
  'seq', 0, 'sent', 0, 'floor', 0, 'bytes', 0, 'starting', 1)
redis.call('PEXPIRE', KEYS[1], ARGV[6])
return 1

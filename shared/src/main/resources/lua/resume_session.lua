-- Moves a session to another connection and gives its new sender the lease; what the client missed waits in the log, with
-- RESUMED after it.
--
-- KEYS[1]  session hash
-- KEYS[2]  log: the event's id, a bar and its frame an element; the last one has s = seq
-- KEYS[3]  held
-- ARGV[1]  digest of the token
-- ARGV[2]  user id of the token; '' while nobody has looked
-- ARGV[3]  s of the last event that the client has
-- ARGV[4]  connection id
-- ARGV[5]  heartbeat interval of the connection, ms
-- ARGV[6]  when the client is asked to reconnect, ms since 1970
-- ARGV[7]  holder of the lease
-- ARGV[8]  end of the lease, ms since 1970
-- ARGV[9]  now, ms since 1970
-- ARGV[10] resume window, ms
-- ARGV[11] margin of the time to live, ms
-- ARGV[12] data of RESUMED
--
-- Returns {status, the connection that the session had, user id, 1 if the client had taken its leave}; the status is one of
--   0 there is no such session of this user
--   1 resumed
--   2 the log does not reach from that s
--   3 the session was begun with another token: say whose this one is
local session = redis.call('HMGET', KEYS[1], 'user', 'token', 'conn', 'seq', 'bytes', 'starting', 'left')
if not session[1] or session[6] then
  return {0, '', '', 0}
end
if ARGV[2] == '' and session[2] ~= ARGV[1] then
  return {3, '', '', 0}
end
if ARGV[2] ~= '' and session[1] ~= ARGV[2] then
  return {0, '', '', 0}
end
local from = tonumber(ARGV[3])
local seq = tonumber(session[4])
if from > seq or from < seq - redis.call('LLEN', KEYS[2]) then
  return {2, session[3], session[1], 0}
end
seq = seq + 1
local element = '|{"op":0,"s":' .. seq .. ',"t":"RESUMED","d":' .. ARGV[12] .. '}'
redis.call('RPUSH', KEYS[2], element)
redis.call('HSET', KEYS[1], 'seq', seq, 'sent', from, 'bytes', tonumber(session[5]) + #element, 'conn', ARGV[4],
  'interval', ARGV[5], 'reconnect_at', ARGV[6], 'lease', ARGV[7], 'lease_until', ARGV[8], 'heartbeat', ARGV[9])
redis.call('HDEL', KEYS[1], 'detached', 'asked', 'missed', 'stalled', 'left')
local life = math.floor(tonumber(ARGV[5]) * 5 / 2) + tonumber(ARGV[10]) + tonumber(ARGV[11])
for i = 1, #KEYS do
  redis.call('PEXPIRE', KEYS[i], life)
end
return {1, session[3], session[1], session[7] and 1 or 0}

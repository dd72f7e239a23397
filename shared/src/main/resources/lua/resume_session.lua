-- Moves a session to another connection and gives its new sender the lease; what the client missed waits in the log, with
-- RESUMED after it.
--
-- KEYS[1]  session hash
-- KEYS[2]  log: one frame an element, the one at index 0 has s = floor + 1
-- ARGV[1]  user id of the token
-- ARGV[2]  s of the last event that the client has
-- ARGV[3]  connection id
-- ARGV[4]  holder of the lease
-- ARGV[5]  end of the lease, ms since 1970
-- ARGV[6]  now, ms since 1970
-- ARGV[7]  time to live, ms
-- ARGV[8]  data of RESUMED
--
-- Returns {status, the connection that the session had}; the status is one of
--   0 there is no such session of this user
--   1 resumed
--   2 the log does not reach from that s
local session = redis.call('HMGET', KEYS[1], 'user', 'conn', 'seq', 'floor', 'bytes', 'starting')
if not session[1] or session[1] ~= ARGV[1] or session[6] then
  return {0, ''}
end
local from = tonumber(ARGV[2])
local seq = tonumber(session[3])
if from > seq or from < tonumber(session[4]) then
  return {2, ''}
end
seq = seq + 1
local frame = '{"op":0,"s":' .. seq .. ',"t":"RESUMED","d":' .. ARGV[8] .. '}'
redis.call('RPUSH', KEYS[2], frame)
redis.call('HSET', KEYS[1], 'seq', seq, 'sent', from, 'bytes', tonumber(session[5]) + #frame, 'conn', ARGV[3],
  'lease', ARGV[4], 'lease_until', ARGV[5], 'heartbeat', ARGV[6])
for i = 1, #KEYS do
  redis.call('PEXPIRE', KEYS[i], ARGV[7])
end
return {1, session[2]}

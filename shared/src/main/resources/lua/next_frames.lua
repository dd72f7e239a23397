-- Marks what was sent and gives the holder of the lease what to send next; when nothing waits, releases the lease in the
-- same step, so that no event is left between two senders.
--
-- KEYS[1]  session hash
-- KEYS[2]  log: the event's id, a bar and its frame an element; the last one has s = seq
-- ARGV[1]  holder of the lease
-- ARGV[2]  end of the lease, ms since 1970
-- ARGV[3]  s of the last frame that was sent; 0 for none
-- ARGV[4]  frames to give at the most; 0 to release the lease in any case
--
-- Returns {status, connection id, s of the first element, element...}; the status is one of
--   0 the lease is lost, or the session is gone
--   1 the lease is released
--   2 there is more to send
local session = redis.call('HMGET', KEYS[1], 'lease', 'conn', 'seq', 'sent')
if not session[1] or session[1] ~= ARGV[1] then
  return {0, '', 0}
end
local seq = tonumber(session[3])
local sent = math.max(tonumber(session[4]), tonumber(ARGV[3]))
local most = tonumber(ARGV[4])
if session[2] == '' or sent >= seq or most == 0 then
  redis.call('HSET', KEYS[1], 'sent', sent, 'lease', '')
  return {1, session[2], 0}
end
redis.call('HSET', KEYS[1], 'sent', sent, 'lease_until', ARGV[2])
local from = sent - seq + redis.call('LLEN', KEYS[2])
local elements = redis.call('LRANGE', KEYS[2], from, from + most - 1)
return {2, session[2], sent + 1, unpack(elements)}

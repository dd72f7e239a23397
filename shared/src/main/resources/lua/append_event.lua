-- Appends one event to a session, once, and takes the send lease if nobody holds it.
--
-- KEYS[1]  session hash
-- KEYS[2]  log: the event's id, a bar and its frame an element; the one at index 0 has s = floor + 1
-- KEYS[3]  held: type, data and the event's id in turn, appended before the session was started
-- KEYS[4]  seen: the last sequence number by message group
-- ARGV[1]  now, ms since 1970
-- ARGV[2]  who wants the lease
-- ARGV[3]  end of the lease, ms since 1970
-- ARGV[4]  message group
-- ARGV[5]  sequence number of the event in its group, decimal digits; '' when it has none
-- ARGV[6]  events that the log keeps
-- ARGV[7]  bytes that the log keeps
-- ARGV[8]  bytes that may wait unsent
-- ARGV[9]  type
-- ARGV[10] data
-- ARGV[11] the event's id; '' when it has none
-- ARGV[12] '1' if the event may be here under another sequence number
-- ARGV[13] events that may wait unsent for this one to be appended; '' for any number
--
-- Returns {status, connection id, s}; the status is one of
--   0 there is no such session
--   1 appended; somebody else sends it, or nobody can now
--   2 appended, and the caller sends it: it is all that waits
--   3 appended, and the caller sends it: more waits before it
--   4 it was appended before
--   5 too much waits unsent: the session is gone
--   6 left out, since more waits unsent than it may
local session = redis.call('HMGET', KEYS[1],
  'seq', 'sent', 'floor', 'bytes', 'conn', 'lease', 'lease_until', 'starting')
if not session[1] then
  return {0, '', 0}
end
if ARGV[13] ~= '' and tonumber(session[1]) - tonumber(session[2]) > tonumber(ARGV[13]) then
  return {6, '', 0}
end
if ARGV[5] ~= '' then
  local last = redis.call('HGET', KEYS[4], ARGV[4])
  if last and (#last > #ARGV[5] or (#last == #ARGV[5] and last >= ARGV[5])) then
    return {4, '', 0}
  end
  redis.call('HSET', KEYS[4], ARGV[4], ARGV[5])
  if not last then
    redis.call('PEXPIRE', KEYS[4], redis.call('PTTL', KEYS[1]))
  end
end
if ARGV[12] == '1' then
  -- After a crash, and seldom: the log is looked through for the same event.
  local id = ARGV[11] .. '|'
  for _, element in ipairs(redis.call('LRANGE', KEYS[2], 0, -1)) do
    if string.sub(element, 1, #id) == id then
      return {4, '', 0}
    end
  end
  local held = redis.call('LRANGE', KEYS[3], 0, -1)
  for i = 3, #held, 3 do
    if held[i] == ARGV[11] then
      return {4, '', 0}
    end
  end
end
if session[8] then
  redis.call('RPUSH', KEYS[3], ARGV[9], ARGV[10], ARGV[11])
  redis.call('PEXPIRE', KEYS[3], redis.call('PTTL', KEYS[1]))
  return {1, '', 0}
end
local seq = tonumber(session[1]) + 1
local sent = tonumber(session[2])
local floor = tonumber(session[3])
local element = ARGV[11] .. '|{"op":0,"s":' .. seq .. ',"t":"' .. ARGV[9] .. '","d":' .. ARGV[10] .. '}'
local bytes = tonumber(session[4]) + #element
if redis.call('RPUSH', KEYS[2], element) == 1 then
  redis.call('PEXPIRE', KEYS[2], redis.call('PTTL', KEYS[1]))
end
-- What was sent goes first, the oldest before the rest; what was not sent is never dropped alone.
while (bytes > tonumber(ARGV[7]) or seq - floor > tonumber(ARGV[6])) and floor < sent do
  bytes = bytes - #redis.call('LPOP', KEYS[2])
  floor = floor + 1
end
if floor >= sent and bytes > tonumber(ARGV[8]) then
  redis.call('DEL', KEYS[1], KEYS[2], KEYS[3], KEYS[4])
  return {5, session[5], 0}
end
local now = tonumber(ARGV[1])
local free = not session[6] or session[6] == '' or tonumber(session[7]) <= now
if session[5] ~= '' and free then
  redis.call('HSET', KEYS[1], 'seq', seq, 'floor', floor, 'bytes', bytes, 'lease', ARGV[2], 'lease_until', ARGV[3])
  return {sent == seq - 1 and 2 or 3, session[5], seq}
end
redis.call('HSET', KEYS[1], 'seq', seq, 'floor', floor, 'bytes', bytes)
return {1, session[5], seq}

-- Appends events of one message group to a session, each once, and takes the send lease if nobody holds it.
--
-- KEYS[1]  session hash; beside the session's own fields 'g:' and a group with the last sequence number that came from it
-- KEYS[2]  log: the event's id, a bar and its frame an element; the last one has s = seq
-- KEYS[3]  held: id and the rest of the frame in turn, appended before the session was started
-- ARGV[1]  now, ms since 1970
-- ARGV[2]  who wants the lease
-- ARGV[3]  end of the lease, ms since 1970
-- ARGV[4]  field of the message group; '' when the events have no numbers
-- ARGV[5]  events that the log keeps
-- ARGV[6]  bytes that the log keeps
-- ARGV[7]  bytes that may wait unsent, beside those that the session began with
-- ARGV[8]  events that may wait unsent for a passing event to be appended
-- ARGV[9]  of each event from here on four: its sequence number in the group, decimal digits, or ''; its id, or ''; 'r' if it
--          may be here under another number, 'p' if it is passing, else ''; the rest of its frame, from after s
--
-- Returns {status, connection id, s of each event, 0 where it was not appended now}; the status is one of
--   0 there is no such session
--   1 somebody else sends what was appended, or nobody can now, or it was nothing
--   2 the caller sends what was appended: it is all that waits
--   3 the caller sends what was appended, and what waits before it
--   4 too much waits unsent: the session is gone
local group = ARGV[4]
local session = redis.call('HMGET', KEYS[1],
  'seq', 'sent', 'bytes', 'conn', 'lease', 'lease_until', 'starting', group)
if not session[1] then
  return {0, ''}
end
local seq = tonumber(session[1])
local sent = tonumber(session[2])
local bytes = tonumber(session[3])
local starting = session[7]
local last = session[8]
local answer = {1, session[4]}
local elements = {}
local held = {}
for i = 9, #ARGV, 4 do
  local number = ARGV[i]
  local id = ARGV[i + 1]
  local kind = ARGV[i + 2]
  local new = true
  if kind == 'p' and seq - sent > tonumber(ARGV[8]) then
    new = false
  elseif number ~= '' then
    if last and (#last > #number or (#last == #number and last >= number)) then
      new = false
    else
      last = number
    end
  end
  if new and kind == 'r' then
    -- After a crash, and seldom: the log is looked through for the same event.
    local start = id .. '|'
    for _, element in ipairs(redis.call('LRANGE', KEYS[2], 0, -1)) do
      if string.sub(element, 1, #start) == start then
        new = false
      end
    end
    local before = redis.call('LRANGE', KEYS[3], 0, -1)
    for j = 1, #before, 2 do
      if before[j] == id then
        new = false
      end
    end
  end
  local s = 0
  if new and starting then
    held[#held + 1] = id
    held[#held + 1] = ARGV[i + 3]
  elseif new then
    seq = seq + 1
    s = seq
    local element = id .. '|{"op":0,"s":' .. seq .. ARGV[i + 3]
    bytes = bytes + #element
    elements[#elements + 1] = element
  end
  answer[#answer + 1] = s
end
if starting then
  if last and group ~= '' then
    redis.call('HSET', KEYS[1], group, last)
  end
  if #held > 0 then
    redis.call('RPUSH', KEYS[3], unpack(held))
    redis.call('PEXPIRE', KEYS[3], redis.call('PTTL', KEYS[1]))
  end
  return answer
end
local lease_free = session[5] == '' or not session[5] or tonumber(session[6]) <= tonumber(ARGV[1])
if #elements == 0 then
  if last and group ~= '' then
    redis.call('HSET', KEYS[1], group, last)
  end
  if sent < seq and session[4] ~= '' and lease_free then
    -- What came again may have been left behind by a sender that died.
    redis.call('HSET', KEYS[1], 'lease', ARGV[2], 'lease_until', ARGV[3])
    answer[1] = 3
  end
  return answer
end
local length = redis.call('RPUSH', KEYS[2], unpack(elements))
if length == #elements then
  redis.call('PEXPIRE', KEYS[2], redis.call('PTTL', KEYS[1]))
end
-- What was sent goes first, the oldest before the rest; what was not sent is never dropped alone.
while (bytes > tonumber(ARGV[6]) or length > tonumber(ARGV[5])) and seq - length < sent do
  bytes = bytes - #redis.call('LPOP', KEYS[2])
  length = length - 1
end
if seq - length >= sent and bytes > tonumber(ARGV[7]) then
  -- What the session began with is as large as its guilds are, and does not count.
  local first = tonumber(redis.call('HGET', KEYS[1], 'first') or '0')
  if bytes > tonumber(ARGV[7]) + first then
    redis.call('DEL', unpack(KEYS))
    return {4, session[4]}
  end
end
if session[4] ~= '' and lease_free then
  answer[1] = sent == seq - #elements and 2 or 3
  if group ~= '' then
    redis.call('HSET', KEYS[1], 'seq', seq, 'bytes', bytes, 'lease', ARGV[2], 'lease_until', ARGV[3], group, last)
  else
    redis.call('HSET', KEYS[1], 'seq', seq, 'bytes', bytes, 'lease', ARGV[2], 'lease_until', ARGV[3])
  end
elseif group ~= '' then
  redis.call('HSET', KEYS[1], 'seq', seq, 'bytes', bytes, group, last)
else
  redis.call('HSET', KEYS[1], 'seq', seq, 'bytes', bytes)
end
return answer

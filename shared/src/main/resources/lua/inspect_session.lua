-- Looks at a session as the sweeper does, and does at once what must not be done twice: whoever comes second finds it done.
--
-- KEYS[1]  session hash
-- KEYS[2]  log: the event's id, a bar and its frame an element; the last one has s = seq
-- KEYS[3]  held
-- ARGV[1]  now, ms since 1970
-- ARGV[2]  resume window, ms
-- ARGV[3]  margin of the time to live, ms
-- ARGV[4]  time that a session may take to start, ms
-- ARGV[5]  time that a client has to close after it was asked to reconnect, ms
-- ARGV[6]  time that events may wait for a client that does not read, ms
-- ARGV[7]  who wants the lease if events wait and nobody sends them
-- ARGV[8]  end of the lease, ms since 1970
--
-- Returns {finding, connection id, heartbeats missed since the last look}; the finding is one of
--   0 the session is gone
--   1 all is well
--   2 the caller got the lease, and sends what waits
--   3 the resume window is over: the session is ended
--   4 it never started: the session is ended
--   5 its heartbeats stopped: the connection is taken from it, and the caller closes it
--   6 it is time to ask the client to reconnect: the caller does
--   7 the client was asked to reconnect and did not: as 5
--   8 the client does not read: as 5
--   9 all is well, and the session is owed guilds: the caller sends them
local session = redis.call('HMGET', KEYS[1], 'conn', 'detached', 'starting', 'created', 'heartbeat', 'interval',
  'missed', 'reconnect_at', 'asked', 'seq', 'sent', 'lease', 'lease_until', 'stalled', 'bytes', 'mark_at', 'mark_seq',
  'owed')
local conn = session[1]
if not conn then
  return {0, '', 0}
end
local now = tonumber(ARGV[1])
local window = tonumber(ARGV[2])
local margin = tonumber(ARGV[3])
local function detach(finding, missed)
  redis.call('HSET', KEYS[1], 'conn', '', 'lease', '', 'lease_until', 0, 'detached', ARGV[1])
  redis.call('HDEL', KEYS[1], 'asked', 'missed', 'stalled')
  for i = 1, #KEYS do
    redis.call('PEXPIRE', KEYS[i], window + margin)
  end
  return {finding, conn, missed}
end
if session[3] and now - tonumber(session[4]) > tonumber(ARGV[4]) then
  redis.call('DEL', unpack(KEYS))
  return {4, conn, 0}
end
if conn == '' then
  if now - tonumber(session[2] or session[5]) > window then
    redis.call('DEL', unpack(KEYS))
    return {3, '', 0}
  end
  return {1, '', 0}
end
local interval = tonumber(session[6])
local silent = now - tonumber(session[5])
-- A beat is missed when a quarter of an interval has passed after it was due.
local beats = math.max(0, math.floor((silent - interval / 4) / interval))
local missed = beats - tonumber(session[7] or '0')
if missed > 0 then
  redis.call('HSET', KEYS[1], 'missed', beats)
else
  missed = 0
end
if silent > interval * 5 / 2 then
  return detach(5, missed)
end
if session[9] then
  if now - tonumber(session[9]) >= tonumber(ARGV[5]) then
    return detach(7, missed)
  end
elseif now >= tonumber(session[8]) then
  redis.call('HSET', KEYS[1], 'asked', ARGV[1])
  return {6, conn, missed}
end
local seq = tonumber(session[10])
local sent = tonumber(session[11])
-- Age: what was sent that long ago, nobody can ask for any more. A client that lost its connection then has noticed, and
-- its resume window is over.
if not session[16] then
  redis.call('HSET', KEYS[1], 'mark_at', ARGV[1], 'mark_seq', sent)
elseif now - tonumber(session[16]) > interval * 5 / 2 + window then
  local floor = seq - redis.call('LLEN', KEYS[2])
  local drop = math.min(tonumber(session[17]), sent) - floor
  local bytes = tonumber(session[15])
  if drop > 0 then
    for _, element in ipairs(redis.call('LRANGE', KEYS[2], 0, drop - 1)) do
      bytes = bytes - #element
    end
    redis.call('LTRIM', KEYS[2], drop, -1)
    redis.call('HSET', KEYS[1], 'bytes', bytes)
  end
  redis.call('HSET', KEYS[1], 'mark_at', ARGV[1], 'mark_seq', sent)
end
if sent >= seq or session[3] then
  redis.call('HDEL', KEYS[1], 'stalled')
  return {session[18] and not session[3] and 9 or 1, conn, missed}
end
local stalled = session[14]
if stalled and string.match(stalled, '^(%d+):') == tostring(sent) then
  if now - tonumber(string.match(stalled, ':(%d+)$')) > tonumber(ARGV[6]) then
    return detach(8, missed)
  end
else
  redis.call('HSET', KEYS[1], 'stalled', sent .. ':' .. ARGV[1])
end
local free = not session[12] or session[12] == '' or tonumber(session[13]) <= now
if free then
  redis.call('HSET', KEYS[1], 'lease', ARGV[7], 'lease_until', ARGV[8])
  return {2, conn, missed}
end
return {1, conn, missed}

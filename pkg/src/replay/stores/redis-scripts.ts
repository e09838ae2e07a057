/**
 * The Lua scripts of the store in Redis. They compare and save, and decide nothing.
 *
 * KEYS[1], a sorted set, has the id of each event, by its time. KEYS[2], a hash, has the
 * entry of each event that is not committed, and the fields `floor` and `latest`. So a
 * committed event, as nearly all of them are, takes no more than its place in the set.
 *
 * Redis writes nothing when it is out of memory, read-only or unable to save its file:
 * the first command that writes fails then, and no later one, so no script ends halfway.
 *
 * Numbers are compared as numbers, which Lua has exactly up to 2⁵³, and saved as they
 * came: as text Lua writes only 14 digits.
 */

import type { Script } from "./redis-client.js";

/** The entry of an event that is committed. */
export const COMMITTED = "3";

/** ARGV: id, timestamp, entry before, entry after, highest floor, newest time; empty for what is absent. */
export const SAVE: Script = {
  sha: "35639f3ddb3cf40007a851d4a175fbfca181415f",
  text: `local call, id = redis.call, ARGV[1]
local kept = call('HMGET', KEYS[2], 'floor', 'latest', id)
if ARGV[5] ~= '' and tonumber(kept[1] or 0) > tonumber(ARGV[5]) then return {} end
if ARGV[3] == '' then
if kept[3] or call('ZADD', KEYS[1], 'NX', ARGV[2], id) == 0 then return {} end
elseif (kept[3] or call('ZSCORE', KEYS[1], id) and '3') ~= ARGV[3] then return {} end
if ARGV[4] ~= '3' then call('HSET', KEYS[2], id, ARGV[4]) elseif kept[3] then call('HDEL', KEYS[2], id) end
if ARGV[6] ~= '' and tonumber(ARGV[6]) > tonumber(kept[2] or -1) then
call('HSET', KEYS[2], 'latest', ARGV[6])
kept[2] = ARGV[6]
end
return {kept[1], kept[2]}`,
};

/** ARGV: id. */
export const LOAD: Script = {
  sha: "8df9d5193216667ce6281fb3095e9acbcd97e4a4",
  text: `local kept = redis.call('HMGET', KEYS[2], 'floor', 'latest', ARGV[1])
kept[3] = kept[3] or redis.call('ZSCORE', KEYS[1], ARGV[1]) and '3'
return kept`,
};

/** ARGV: how many at most. Returns id, time and entry of all in one text, which clients read in a tenth of the time. */
export const OLDEST: Script = {
  sha: "cacc01938814984e84f641b601bd638e1d4262cf",
  text: `local kept = redis.call('HMGET', KEYS[2], 'floor', 'latest')
local found = redis.call('ZRANGE', KEYS[1], 0, ARGV[1] - 1, 'WITHSCORES')
local all = {}
for place = 1, #found, 2 do
local id = found[place]
all[#all + 1] = id .. ' ' .. found[place + 1] .. ' ' .. (redis.call('HGET', KEYS[2], id) or '3')
end
return {kept[1], kept[2], redis.call('ZCARD', KEYS[1]), table.concat(all, ' ')}`,
};

/** ARGV: floor. */
export const RAISE_FLOOR: Script = {
  sha: "1c2570074d0d2fda9b8e364a36e92d0df61b6ab7",
  text: `if tonumber(ARGV[1]) > tonumber(redis.call('HGET', KEYS[2], 'floor') or 0) then
redis.call('HSET', KEYS[2], 'floor', ARGV[1])
end
return {}`,
};

/** ARGV: id and entry of each event. */
export const FORGET: Script = {
  sha: "0f0c96ec7101c9473b4d4844be1ba140d3f0bcf3",
  text: `for place = 1, #ARGV, 2 do
local id = ARGV[place]
if (redis.call('HGET', KEYS[2], id) or '3') == ARGV[place + 1] then
redis.call('ZREM', KEYS[1], id)
redis.call('HDEL', KEYS[2], id)
end
end
return {}`,
};

/** What the server says of its memory. */
export const MEMORY: Script = {
  sha: "e4d7144c9e9c8a2777edaf2c9c5fdb693cc512cc",
  text: `return {redis.call('INFO', 'memory')}`,
};

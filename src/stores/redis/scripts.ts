import { Script } from "./script.js";

/*
 * All of these answer with the sentinel first. They work with nothing newer than Redis 5.
 *
 * A script that only reads first deletes a field that never exists. That changes nothing, but it is a write, and a
 * replica refuses it: one that lags may miss an opt-out that was acknowledged, and a client may take a replica for the
 * master, for example after a fail-over. So does a master that takes no writes for now: it could not take a STOP either.
 */

/** Where the sentinel is among the recipients, none of whom has U+0000 in it. */
export const sentinelField = "\0sentinel";

const sentinel = String.raw`"\0sentinel"`;
const onlyOnMaster = String.raw`redis.call("HDEL", KEYS[1], "\0")`;

/** The values of the recipients in `ARGV`. Lua can pass on 8,000 values at once. */
export const findScript: Script = new Script(`
  ${onlyOnMaster}
  return redis.call("HMGET", KEYS[1], ${sentinel}, unpack(ARGV))
`);

/**
 * Records facts, unless the sentinel is not `ARGV[1]`: for each, its history in the keys and its four parts in `ARGV`.
 * Answers, after the sentinel, for each whether it became the newest of its recipient and slot.
 *
 * Ranks are compared byte by byte, as Lua compares texts by the server's locale. Out of memory, Redis refuses the first
 * write of a script or none.
 */
export const recordScript: Script = new Script(`
  local function isNewer(rank, other)
    for i = 1, #rank do
      local a, b = string.byte(rank, i), string.byte(other, i)
      if a ~= b then return a > b end
    end
    return false
  end

  local function withFact(facts, slot, rank, fact)
    local kept = {}
    for other in string.gmatch(facts, "[^\\n]+") do
      local otherSlot, otherRank = string.match(other, "^([^\\t]*)\\t([^\\t]*)")
      if otherSlot ~= slot then kept[#kept + 1] = other
      elseif not isNewer(rank, otherRank) then return nil end
    end
    kept[#kept + 1] = fact
    return table.concat(kept, "\\n")
  end

  local function record(history, recipient, slot, rank, rest)
    local number = redis.call("HLEN", history)
    if redis.call("HSETNX", history, slot .. "\\t" .. rank, number .. "\\t" .. rest) == 0 then return "0" end
    local known = redis.call("HGET", KEYS[1], recipient) or ""
    local facts = withFact(known, slot, rank, slot .. "\\t" .. rank .. "\\t" .. rest)
    if not facts then return "0" end
    redis.call("HSET", KEYS[1], recipient, facts)
    return "1"
  end

  local answer = { redis.call("HGET", KEYS[1], ${sentinel}) }
  if answer[1] ~= ARGV[1] then return answer end
  for i = 2, #KEYS do
    local first = (i - 2) * 4 + 2
    answer[i] = record(KEYS[i], ARGV[first], ARGV[first + 1], ARGV[first + 2], ARGV[first + 3])
  end
  return answer
`);

/** The fields and values of the history in `KEYS[2]`. */
export const historyScript: Script = new Script(`
  ${onlyOnMaster}
  local answer = redis.call("HGETALL", KEYS[2])
  table.insert(answer, 1, redis.call("HGET", KEYS[1], ${sentinel}))
  return answer
`);

/** From the cursor in `ARGV[1]` on: the next cursor, then recipients and values, the sentinel's among them. */
export const scanScript: Script = new Script(`
  ${onlyOnMaster}
  local page = redis.call("HSCAN", KEYS[1], ARGV[1], "COUNT", ARGV[2])
  local answer = { redis.call("HGET", KEYS[1], ${sentinel}), page[1] }
  for _, text in ipairs(page[2]) do answer[#answer + 1] = text end
  return answer
`);

/** Makes the sentinel `ARGV[2]` where it is `ARGV[1]` (or absent, where that is empty), and answers what it is then. */
export const markScript: Script = new Script(`
  ${onlyOnMaster}
  local known = redis.call("HGET", KEYS[1], ${sentinel})
  if (known or "") ~= ARGV[1] then return { known } end
  redis.call("HSET", KEYS[1], ${sentinel}, ARGV[2])
  return { ARGV[2] }
`);

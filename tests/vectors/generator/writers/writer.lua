-- Lua: cjson. The order of the keys of a table is another one in each run.
local cjson = require("cjson")

local writers = {
  { "lua.cjson", "Lua: cjson.encode(cjson.decode(body)), in random order", function(body) return cjson.encode(cjson.decode(body)) end },
  { "lua.cjson.string", "Lua: cjson.encode(body), where body is the text of the body", function(body) return cjson.encode(body) end },
  { "lua.text.quoted", 'Lua: string.format("%q", body)', function(body) return string.format("%q", body) end },
  { "lua.text.bytes", 'Lua: table.concat({ body:byte(1, -1) }, ",")', function(body) return table.concat({ body:byte(1, -1) }, ",") end },
}

print("version\tlua\t" .. _VERSION)
print("version\tlua cjson\t" .. cjson._VERSION)
for _, writer in ipairs(writers) do print("profile\t" .. writer[1] .. "\t" .. writer[2]) end
local number = 0
for line in io.lines() do
  local body = line:gsub("%x%x", function(pair) return string.char(tonumber(pair, 16)) end)
  for _, writer in ipairs(writers) do
    local fine, text = pcall(writer[3], body)
    if fine and type(text) == "string" then
      local hex = text:gsub(".", function(c) return string.format("%02x", c:byte()) end)
      print("wrote\t" .. number .. "\t" .. writer[1] .. "\t" .. hex)
    else
      print("failed\t" .. number .. "\t" .. writer[1] .. "\terror")
    end
  end
  number = number + 1
end

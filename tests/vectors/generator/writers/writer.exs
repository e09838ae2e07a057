# Erlang and Elixir: jiffy, and the text of a value.

maps = fn body -> :jiffy.decode(body, [:return_maps]) end

writers = [
  {"erlang.jiffy", "Erlang: jiffy:encode(jiffy:decode(Body))", fn b -> :jiffy.encode(:jiffy.decode(b)) end},
  {"erlang.jiffy.maps", "Erlang: jiffy:encode(jiffy:decode(Body, [return_maps])), sorted up to 32 keys", fn b -> :jiffy.encode(maps.(b)) end},
  {"erlang.jiffy.pretty", "Erlang: jiffy:encode(Value, [pretty])", fn b -> :jiffy.encode(:jiffy.decode(b), [:pretty]) end},
  {"erlang.jiffy.ascii", "Erlang: jiffy:encode(Value, [uescape])", fn b -> :jiffy.encode(:jiffy.decode(b), [:uescape]) end},
  {"erlang.jiffy.slashes", "Erlang: jiffy:encode(Value, [escape_forward_slashes])", fn b -> :jiffy.encode(:jiffy.decode(b), [:escape_forward_slashes]) end},
  {"erlang.text.map", ~S|Erlang: io_lib:format("~p", [Map])|, fn b -> :io_lib.format(~c"~p", [maps.(b)]) end},
  {"erlang.text.binary", ~S|Erlang: io_lib:format("~p", [Body]), a binary|, fn b -> :io_lib.format(~c"~p", [b]) end},
  {"elixir.text.map", "Elixir: inspect(map)", fn b -> inspect(maps.(b)) end},
  {"elixir.text.map.line", "Elixir: inspect(map, limit: :infinity, width: :infinity)", fn b -> inspect(maps.(b), limit: :infinity, width: :infinity, printable_limit: :infinity) end},
  {"elixir.text.binary", "Elixir: inspect(body)", fn b -> inspect(b, limit: :infinity, printable_limit: :infinity) end},
  {"elixir.text.list", "Elixir: inspect of a list of bytes", fn b -> inspect(:binary.bin_to_list(b), limit: :infinity, charlists: :as_lists) end}
]

IO.puts("version\terlang\t#{:erlang.system_info(:otp_release)}")
IO.puts("version\telixir\t#{System.version()}")
:application.load(:jiffy)
{:ok, jiffy} = :application.get_key(:jiffy, :vsn)
IO.puts("version\terlang jiffy\t#{jiffy}")
for {name, sentence, _} <- writers, do: IO.puts("profile\t#{name}\t#{sentence}")

IO.stream(:stdio, :line)
|> Stream.with_index()
|> Enum.each(fn {line, number} ->
  body = line |> String.trim() |> Base.decode16!(case: :lower)

  for {name, _, write} <- writers do
    try do
      text = body |> write.() |> IO.iodata_to_binary()
      IO.puts("wrote\t#{number}\t#{name}\t#{Base.encode16(text, case: :lower)}")
    catch
      _, _ -> IO.puts("failed\t#{number}\t#{name}\terror")
    end
  end
end)

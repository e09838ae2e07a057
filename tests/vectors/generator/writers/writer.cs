// C#: Newtonsoft.Json on Mono, or System.Text.Json on .NET Core (defined as CORE).

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;

#if CORE
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
#else
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
#endif

static class Writer
{
    static readonly List<Tuple<string, string, Func<byte[], string>>> writers = new List<Tuple<string, string, Func<byte[], string>>>();

    static void Add(string name, string sentence, Func<byte[], string> write)
    {
        writers.Add(Tuple.Create(name, sentence, write));
    }

    static string Text(byte[] body)
    {
        return new UTF8Encoding(false).GetString(body);
    }

#if CORE
    static Dictionary<string, JsonElement> Map(byte[] body)
    {
        return JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(Text(body));
    }

    static string Document(byte[] body, JsonWriterOptions options)
    {
        using (var document = JsonDocument.Parse(body))
        using (var stream = new MemoryStream())
        {
            using (var writer = new Utf8JsonWriter(stream, options))
            {
                document.RootElement.WriteTo(writer);
            }
            return Text(stream.ToArray());
        }
    }

    static void AddAll()
    {
        var relaxed = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        var all = JavaScriptEncoder.Create(UnicodeRanges.All);
        Add("dotnet.element", "C#: System.Text.Json, JsonSerializer.Serialize of a JsonElement", b => JsonSerializer.Serialize(JsonSerializer.Deserialize<JsonElement>(Text(b))));
        Add("dotnet.element.relaxed", "C#: System.Text.Json with UnsafeRelaxedJsonEscaping, of a JsonElement", b => JsonSerializer.Serialize(JsonSerializer.Deserialize<JsonElement>(Text(b)), new JsonSerializerOptions { Encoder = relaxed }));
        Add("dotnet.element.all", "C#: System.Text.Json with JavaScriptEncoder.Create(UnicodeRanges.All), of a JsonElement", b => JsonSerializer.Serialize(JsonSerializer.Deserialize<JsonElement>(Text(b)), new JsonSerializerOptions { Encoder = all }));
        Add("dotnet.element.indented", "C#: System.Text.Json with WriteIndented = true, of a JsonElement", b => JsonSerializer.Serialize(JsonSerializer.Deserialize<JsonElement>(Text(b)), new JsonSerializerOptions { WriteIndented = true }));
        Add("dotnet.element.indented.relaxed", "C#: System.Text.Json with WriteIndented = true and UnsafeRelaxedJsonEscaping, of a JsonElement", b => JsonSerializer.Serialize(JsonSerializer.Deserialize<JsonElement>(Text(b)), new JsonSerializerOptions { WriteIndented = true, Encoder = relaxed }));
        Add("dotnet.map", "C#: System.Text.Json, JsonSerializer.Serialize of a Dictionary<string, JsonElement>", b => JsonSerializer.Serialize(Map(b)));
        Add("dotnet.map.indented", "C#: System.Text.Json with WriteIndented = true, of a Dictionary<string, JsonElement>", b => JsonSerializer.Serialize(Map(b), new JsonSerializerOptions { WriteIndented = true }));
        Add("dotnet.document", "C#: System.Text.Json, JsonDocument.WriteTo of a Utf8JsonWriter", b => Document(b, default(JsonWriterOptions)));
        Add("dotnet.document.indented", "C#: System.Text.Json, JsonDocument.WriteTo of a Utf8JsonWriter with Indented = true", b => Document(b, new JsonWriterOptions { Indented = true }));
        Add("dotnet.string", "C#: System.Text.Json, JsonSerializer.Serialize(body), where body is the text of the body", b => JsonSerializer.Serialize(Text(b)));
        Add("dotnet.bytes", "C#: System.Text.Json, JsonSerializer.Serialize of a byte[], which is a string in base64", b => JsonSerializer.Serialize(b));
        Add("dotnet.text.element", "C#: jsonElement.ToString() of System.Text.Json", b => JsonSerializer.Deserialize<JsonElement>(Text(b)).ToString());
        Add("dotnet.text.map", "C#: the text of a Dictionary<string, JsonElement>", b => Map(b).ToString());
        Add("dotnet.text.bytes", "C#: the text of a byte[]", b => b.ToString());
        Add("dotnet.text.stream", "C#: the text of request.Body, here a MemoryStream", b => new MemoryStream(b).ToString());
        Add("dotnet.text.bitconverter", "C#: BitConverter.ToString(body), hex with hyphens", b => BitConverter.ToString(b));
        Console.WriteLine("version\tdotnet\t" + System.Runtime.InteropServices.RuntimeInformation.FrameworkDescription);
        Console.WriteLine("version\tdotnet System.Text.Json\t" + typeof(JsonSerializer).Assembly.GetName().Version);
    }
#else
    static string Indented(JToken token, char indent, int count, string line)
    {
        var text = new StringWriter { NewLine = line };
        using (var writer = new JsonTextWriter(text) { Formatting = Formatting.Indented, IndentChar = indent, Indentation = count })
        {
            token.WriteTo(writer);
        }
        return text.ToString();
    }

    static JToken Plain(byte[] body)
    {
        return JsonConvert.DeserializeObject<JToken>(Text(body), new JsonSerializerSettings { DateParseHandling = DateParseHandling.None });
    }

    static string Escaped(byte[] body, StringEscapeHandling handling)
    {
        return JsonConvert.SerializeObject(JToken.Parse(Text(body)), new JsonSerializerSettings { StringEscapeHandling = handling });
    }

    static void AddAll()
    {
        Add("dotnet.newtonsoft", "C#: Newtonsoft.Json, JsonConvert.SerializeObject(JsonConvert.DeserializeObject(body)), or JObject.Parse(body).ToString(Formatting.None)", b => JsonConvert.SerializeObject(JsonConvert.DeserializeObject(Text(b))));
        Add("dotnet.newtonsoft.indented", "C#: Newtonsoft.Json, JObject.Parse(body).ToString() or Formatting.Indented, with \\n as the line's end", b => Indented(JToken.Parse(Text(b)), ' ', 2, "\n"));
        Add("dotnet.newtonsoft.indented.crlf", "C#: Newtonsoft.Json, JObject.Parse(body).ToString() with \\r\\n as the line's end, as on Windows", b => Indented(JToken.Parse(Text(b)), ' ', 2, "\r\n"));
        Add("dotnet.newtonsoft.tab", "C#: Newtonsoft.Json with a tab as the indent", b => Indented(JToken.Parse(Text(b)), '\t', 1, "\n"));
        Add("dotnet.newtonsoft.ascii", "C#: Newtonsoft.Json with StringEscapeHandling.EscapeNonAscii", b => Escaped(b, StringEscapeHandling.EscapeNonAscii));
        Add("dotnet.newtonsoft.html", "C#: Newtonsoft.Json with StringEscapeHandling.EscapeHtml", b => Escaped(b, StringEscapeHandling.EscapeHtml));
        Add("dotnet.newtonsoft.map", "C#: Newtonsoft.Json, of a Dictionary<string, object>", b => JsonConvert.SerializeObject(JsonConvert.DeserializeObject<Dictionary<string, object>>(Text(b))));
        Add("dotnet.newtonsoft.no_dates", "C#: Newtonsoft.Json with DateParseHandling.None", b => JsonConvert.SerializeObject(Plain(b)));
        Add("dotnet.newtonsoft.string", "C#: Newtonsoft.Json, JsonConvert.SerializeObject(body), where body is the text of the body", b => JsonConvert.SerializeObject(Text(b)));
        Add("dotnet.newtonsoft.text.map", "C#: the text of a Dictionary<string, object>, on Mono", b => JsonConvert.DeserializeObject<Dictionary<string, object>>(Text(b)).ToString());
        Console.WriteLine("version\tdotnet Newtonsoft.Json on Mono\t" + FileVersion(typeof(JsonConvert)));
        var display = Type.GetType("Mono.Runtime").GetMethod("GetDisplayName", System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static);
        Console.WriteLine("version\tmono\t" + display.Invoke(null, null));
    }

    static string FileVersion(Type type)
    {
        return System.Diagnostics.FileVersionInfo.GetVersionInfo(type.Assembly.Location).FileVersion;
    }
#endif

    static void Main()
    {
        Console.OutputEncoding = new UTF8Encoding(false);
        AddAll();
        foreach (var writer in writers) Console.WriteLine("profile\t" + writer.Item1 + "\t" + writer.Item2);
        string line;
        for (var number = 0; (line = Console.ReadLine()) != null; number++)
        {
            var hex = line.Trim();
            var body = Enumerable.Range(0, hex.Length / 2).Select(at => Convert.ToByte(hex.Substring(2 * at, 2), 16)).ToArray();
            foreach (var writer in writers)
            {
                try
                {
                    var written = new UTF8Encoding(false).GetBytes(writer.Item3(body));
                    Console.WriteLine("wrote\t" + number + "\t" + writer.Item1 + "\t" + BitConverter.ToString(written).Replace("-", "").ToLowerInvariant());
                }
                catch (Exception error)
                {
                    Console.WriteLine("failed\t" + number + "\t" + writer.Item1 + "\t" + error.GetType().Name);
                }
            }
        }
    }
}

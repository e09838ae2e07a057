// Java: Jackson, Gson, json-simple, json-lib, Android's org.json, and the text of a value.

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import com.google.gson.ToNumberPolicy;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

public class Writer {
    interface Write {
        Object of(byte[] body) throws Exception;
    }

    static final Map<String, String> SENTENCES = new LinkedHashMap<>();
    static final Map<String, Write> WRITERS = new LinkedHashMap<>();

    static void add(String name, String sentence, Write write) {
        SENTENCES.put(name, sentence);
        WRITERS.put(name, write);
    }

    static String text(byte[] body) {
        return new String(body, StandardCharsets.UTF_8);
    }

    static void jackson() {
        ObjectMapper plain = new ObjectMapper();
        ObjectMapper ascii = JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
        ObjectMapper sorted = JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();
        ObjectMapper decimal = JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();
        DefaultPrettyPrinter lines = new DefaultPrettyPrinter();
        lines.indentArraysWith(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE);
        ObjectMapper arrays = JsonMapper.builder().defaultPrettyPrinter(lines).build();
        add("java.jackson.node", "Java: Jackson, mapper.writeValueAsString of a JsonNode", b -> plain.writeValueAsString(plain.readTree(b)));
        add("java.jackson.node.pretty", "Java: Jackson, mapper.writerWithDefaultPrettyPrinter() on a JsonNode", b -> plain.writerWithDefaultPrettyPrinter().writeValueAsString(plain.readTree(b)));
        add("java.jackson.node.text", "Java: Jackson, jsonNode.toString()", b -> plain.readTree(b).toString());
        add("java.jackson.node.pretty.text", "Java: Jackson, jsonNode.toPrettyString()", b -> plain.readTree(b).toPrettyString());
        add("java.jackson.node.ascii", "Java: Jackson with ESCAPE_NON_ASCII, of a JsonNode", b -> ascii.writeValueAsString(plain.readTree(b)));
        add("java.jackson.node.decimal", "Java: Jackson with USE_BIG_DECIMAL_FOR_FLOATS, of a JsonNode", b -> decimal.writeValueAsString(decimal.readTree(b)));
        add("java.jackson.map", "Java: Jackson, mapper.writeValueAsString of a Map", b -> plain.writeValueAsString(plain.readValue(b, Object.class)));
        add("java.jackson.map.pretty", "Java: Jackson, mapper.writerWithDefaultPrettyPrinter() on a Map", b -> plain.writerWithDefaultPrettyPrinter().writeValueAsString(plain.readValue(b, Object.class)));
        add("java.jackson.map.pretty.lists", "Java: Jackson, a pretty printer that also puts every item of a list on a line of its own", b -> arrays.writerWithDefaultPrettyPrinter().writeValueAsString(plain.readValue(b, Object.class)));
        add("java.jackson.map.sorted", "Java: Jackson with ORDER_MAP_ENTRIES_BY_KEYS, of a Map", b -> sorted.writeValueAsString(plain.readValue(b, Object.class)));
        add("java.jackson.map.sorted.pretty", "Java: Jackson with ORDER_MAP_ENTRIES_BY_KEYS and the default pretty printer, of a Map", b -> sorted.writerWithDefaultPrettyPrinter().writeValueAsString(plain.readValue(b, Object.class)));
        add("java.jackson.map.decimal", "Java: Jackson with USE_BIG_DECIMAL_FOR_FLOATS, of a Map", b -> decimal.writeValueAsString(decimal.readValue(b, Object.class)));
        add("java.jackson.string", "Java: Jackson, mapper.writeValueAsString(body), where body is the text of the body", b -> plain.writeValueAsString(text(b)));
        add("java.jackson.bytes", "Java: Jackson, mapper.writeValueAsString of a byte[], which is a string in base64", b -> plain.writeValueAsString(b));
        add("java.text.map", "Java: map.toString() or String.valueOf(map)", b -> plain.readValue(b, Object.class).toString());
    }

    static void gson() {
        Gson plain = new Gson();
        Gson pretty = new GsonBuilder().setPrettyPrinting().create();
        Gson noHtml = new GsonBuilder().disableHtmlEscaping().create();
        Gson noHtmlPretty = new GsonBuilder().disableHtmlEscaping().setPrettyPrinting().create();
        Gson nulls = new GsonBuilder().serializeNulls().create();
        Gson nullsNoHtml = new GsonBuilder().serializeNulls().disableHtmlEscaping().create();
        Gson numbers = new GsonBuilder().setObjectToNumberStrategy(ToNumberPolicy.LONG_OR_DOUBLE).create();
        add("java.gson.element", "Java: Gson, new Gson().toJson of a JsonElement", b -> plain.toJson(JsonParser.parseString(text(b))));
        add("java.gson.element.text", "Java: Gson, jsonElement.toString()", b -> JsonParser.parseString(text(b)).toString());
        add("java.gson.element.pretty", "Java: Gson, setPrettyPrinting(), of a JsonElement", b -> pretty.toJson(JsonParser.parseString(text(b))));
        add("java.gson.element.no_html", "Java: Gson, disableHtmlEscaping(), of a JsonElement", b -> noHtml.toJson(JsonParser.parseString(text(b))));
        add("java.gson.element.no_html.pretty", "Java: Gson, disableHtmlEscaping() and setPrettyPrinting(), of a JsonElement", b -> noHtmlPretty.toJson(JsonParser.parseString(text(b))));
        add("java.gson.element.nulls", "Java: Gson, serializeNulls(), of a JsonElement", b -> nulls.toJson(JsonParser.parseString(text(b))));
        add("java.gson.map", "Java: Gson, new Gson().toJson of a Map, whose numbers are doubles", b -> plain.toJson(plain.fromJson(text(b), Object.class)));
        add("java.gson.map.pretty", "Java: Gson, setPrettyPrinting(), of a Map", b -> pretty.toJson(plain.fromJson(text(b), Object.class)));
        add("java.gson.map.no_html", "Java: Gson, disableHtmlEscaping(), of a Map", b -> noHtml.toJson(plain.fromJson(text(b), Object.class)));
        add("java.gson.map.nulls", "Java: Gson, serializeNulls(), of a Map", b -> nulls.toJson(plain.fromJson(text(b), Object.class)));
        add("java.gson.map.nulls.no_html", "Java: Gson, serializeNulls() and disableHtmlEscaping(), of a Map", b -> nullsNoHtml.toJson(plain.fromJson(text(b), Object.class)));
        add("java.gson.map.long", "Java: Gson with ToNumberPolicy.LONG_OR_DOUBLE, of a Map", b -> plain.toJson(numbers.fromJson(text(b), Object.class)));
        add("java.gson.string", "Java: Gson, new Gson().toJson(body), where body is the text of the body", b -> plain.toJson(text(b)));
        add("java.gson.bytes", "Java: Gson, new Gson().toJson of a byte[], which is a list of signed bytes", b -> plain.toJson(b));
        add("java.gson.text.map", "Java: the toString() of a Map that Gson read", b -> plain.fromJson(text(b), Object.class).toString());
    }

    @SuppressWarnings("unchecked")
    static Object tree(Object value) {
        if (value instanceof Map) {
            Map<String, Object> sorted = new TreeMap<>();
            ((Map<String, Object>) value).forEach((key, item) -> sorted.put(key, tree(item)));
            return sorted;
        }
        return value instanceof java.util.List ? ((java.util.List<Object>) value).stream().map(Writer::tree).toList() : value;
    }

    static void others() {
        ObjectMapper mapper = new ObjectMapper();
        add("java.json_simple", "Java: json-simple, JSONValue.parse and toJSONString, in the order of a HashMap", b -> org.json.simple.JSONValue.toJSONString(org.json.simple.JSONValue.parseWithException(text(b))));
        add("java.json_lib", "Java: json-lib (net.sf.json), JSONObject.fromObject(body).toString()", b -> net.sf.json.JSONSerializer.toJSON(text(b)).toString());
        add("java.json_lib.indent2", "Java: json-lib (net.sf.json), toString(2)", b -> net.sf.json.JSONSerializer.toJSON(text(b)).toString(2));
        add("java.android", "Java: org.json of Android, new JSONObject(body).toString()", b -> new org.json.JSONTokener(text(b)).nextValue().toString());
        add("java.android.indent2", "Java: org.json of Android, new JSONObject(body).toString(2)", b -> {
            Object value = new org.json.JSONTokener(text(b)).nextValue();
            return value instanceof org.json.JSONObject ? ((org.json.JSONObject) value).toString(2) : ((org.json.JSONArray) value).toString(2);
        });
        add("java.android.indent4", "Java: org.json of Android, new JSONObject(body).toString(4)", b -> {
            Object value = new org.json.JSONTokener(text(b)).nextValue();
            return value instanceof org.json.JSONObject ? ((org.json.JSONObject) value).toString(4) : ((org.json.JSONArray) value).toString(4);
        });
        add("java.openjson", "Java: openjson, new JSONObject(body).toString()", b -> new com.github.openjson.JSONTokener(text(b)).nextValue().toString());
        add("java.text.treemap", "Java: toString() of a TreeMap, sorted at every level", b -> tree(mapper.readValue(b, Object.class)).toString());
        add("java.text.bytes", "Java: Arrays.toString(bytes), a list of signed bytes", b -> Arrays.toString(b));
        add("java.text.bytes.object", "Java: String.valueOf(bytes) of a byte[], without its number, which is another one in each run", b -> String.valueOf((Object) b).replaceAll("@.*", "@"));
        add("java.text.chars", "Java: Arrays.toString(text.toCharArray())", b -> Arrays.toString(text(b).toCharArray()));
    }

    public static void main(String[] arguments) throws Exception {
        PrintStream out = new PrintStream(new java.io.BufferedOutputStream(System.out), false, "UTF-8");
        jackson();
        gson();
        others();
        out.println("version\tjava\t" + System.getProperty("java.version"));
        out.println("version\tjava jackson-databind\t" + new ObjectMapper().version());
        SENTENCES.forEach((name, sentence) -> out.println("profile\t" + name + "\t" + sentence));
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        int number = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine(), number++) {
            byte[] body = HexFormat.of().parseHex(line.trim());
            for (Map.Entry<String, Write> writer : WRITERS.entrySet()) {
                try {
                    byte[] written = writer.getValue().of(body).toString().getBytes(StandardCharsets.UTF_8);
                    out.println("wrote\t" + number + "\t" + writer.getKey() + "\t" + HexFormat.of().formatHex(written));
                } catch (Throwable error) {
                    out.println("failed\t" + number + "\t" + writer.getKey() + "\t" + error.getClass().getSimpleName());
                }
            }
        }
        out.flush();
    }
}

package org.springframework.boot.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;

public class JsonParserFactory {
    public interface JsonParser {
        Map<String, Object> parseMap(String json);
    }

    @SuppressWarnings("unchecked")
    public static JsonParser getJsonParser() {
        return json -> {
            try {
                return new ObjectMapper().readValue(json, Map.class);
            } catch (JsonProcessingException exception) {
                throw new JsonParseException(exception);
            }
        };
    }
}

// Go: encoding/json, and the text of a value.
package main

import (
	"bufio"
	"bytes"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"runtime"
	"strconv"
)

type writer struct {
	name     string
	sentence string
	write    func(body []byte) ([]byte, error)
}

func parsed(body []byte) (any, error) {
	var value any
	err := json.Unmarshal(body, &value)
	return value, err
}

// numbers keeps numbers as they were written.
func numbers(body []byte) (any, error) {
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.UseNumber()
	var value any
	err := decoder.Decode(&value)
	return value, err
}

func of(parse func([]byte) (any, error), write func(any) ([]byte, error)) func([]byte) ([]byte, error) {
	return func(body []byte) ([]byte, error) {
		value, err := parse(body)
		if err != nil {
			return nil, err
		}
		return write(value)
	}
}

func encoder(escapeHTML bool, indent string) func(any) ([]byte, error) {
	return func(value any) ([]byte, error) {
		var out bytes.Buffer
		encoder := json.NewEncoder(&out)
		encoder.SetEscapeHTML(escapeHTML)
		encoder.SetIndent("", indent)
		err := encoder.Encode(value)
		return out.Bytes(), err
	}
}

func indented(indent string) func(any) ([]byte, error) {
	return func(value any) ([]byte, error) { return json.MarshalIndent(value, "", indent) }
}

func raw(body []byte) (any, error) { return json.RawMessage(body), nil }

// typed is the envelope of an event with a payload that stays as it is.
type typed struct {
	EventName      string          `json:"eventName"`
	EventTimestamp int64           `json:"eventTimestamp"`
	Payload        json.RawMessage `json:"payload"`
}

// loose is the envelope of an event as people write it first.
type loose struct {
	EventName      string         `json:"eventName"`
	EventTimestamp float64        `json:"eventTimestamp"`
	Payload        map[string]any `json:"payload"`
}

var writers = []writer{
	{"go.map", "Go: json.Marshal of a map[string]any", of(parsed, json.Marshal)},
	{"go.map.encoder", "Go: json.NewEncoder(out).Encode of a map[string]any", of(parsed, encoder(true, ""))},
	{"go.map.encoder.no_html", "Go: an encoder with SetEscapeHTML(false) on a map[string]any", of(parsed, encoder(false, ""))},
	{"go.map.encoder.indent2", "Go: an encoder with SetIndent(\"\", \"  \") on a map[string]any", of(parsed, encoder(true, "  "))},
	{"go.map.indent2", "Go: json.MarshalIndent(value, \"\", \"  \") of a map[string]any", of(parsed, indented("  "))},
	{"go.map.indent4", "Go: json.MarshalIndent(value, \"\", \"    \") of a map[string]any", of(parsed, indented("    "))},
	{"go.map.tab", "Go: json.MarshalIndent(value, \"\", \"\\t\") of a map[string]any", of(parsed, indented("\t"))},
	{"go.number", "Go: json.Marshal of a map[string]any that was decoded with UseNumber", of(numbers, json.Marshal)},
	{"go.number.encoder.no_html", "Go: an encoder with SetEscapeHTML(false) on a map that was decoded with UseNumber", of(numbers, encoder(false, ""))},
	{"go.raw", "Go: json.Marshal of a json.RawMessage", of(raw, json.Marshal)},
	{"go.raw.encoder.no_html", "Go: an encoder with SetEscapeHTML(false) on a json.RawMessage", of(raw, encoder(false, ""))},
	{"go.raw.indent2", "Go: json.MarshalIndent(value, \"\", \"  \") of a json.RawMessage", of(raw, indented("  "))},
	{"go.struct.raw", "Go: json.Marshal of a struct of eventName, eventTimestamp and a payload of json.RawMessage", func(body []byte) ([]byte, error) {
		var value typed
		if err := json.Unmarshal(body, &value); err != nil {
			return nil, err
		}
		return json.Marshal(value)
	}},
	{"go.struct.map", "Go: json.Marshal of a struct of eventName, eventTimestamp and a payload of map[string]any", func(body []byte) ([]byte, error) {
		var value loose
		if err := json.Unmarshal(body, &value); err != nil {
			return nil, err
		}
		return json.Marshal(value)
	}},
	{"go.compact", "Go: json.Compact", func(body []byte) ([]byte, error) {
		var out bytes.Buffer
		err := json.Compact(&out, body)
		return out.Bytes(), err
	}},
	{"go.indent2", "Go: json.Indent(out, body, \"\", \"  \")", func(body []byte) ([]byte, error) {
		var out bytes.Buffer
		err := json.Indent(&out, body, "", "  ")
		return out.Bytes(), err
	}},
	{"go.indent4", "Go: json.Indent(out, body, \"\", \"    \")", func(body []byte) ([]byte, error) {
		var out bytes.Buffer
		err := json.Indent(&out, body, "", "    ")
		return out.Bytes(), err
	}},
	{"go.tab", "Go: json.Indent(out, body, \"\", \"\\t\")", func(body []byte) ([]byte, error) {
		var out bytes.Buffer
		err := json.Indent(&out, body, "", "\t")
		return out.Bytes(), err
	}},
	{"go.html_escape", "Go: json.HTMLEscape", func(body []byte) ([]byte, error) {
		var out bytes.Buffer
		json.HTMLEscape(&out, body)
		return out.Bytes(), nil
	}},
	{"go.bytes", "Go: json.Marshal of a []byte, which is a string in base64", func(body []byte) ([]byte, error) { return json.Marshal(body) }},
	{"go.string", "Go: json.Marshal(string(body)), where body is the text of the body", func(body []byte) ([]byte, error) { return json.Marshal(string(body)) }},
	{"go.text.map", "Go: fmt.Sprint of a map[string]any, or %v", of(parsed, func(value any) ([]byte, error) { return []byte(fmt.Sprint(value)), nil })},
	{"go.text.map.plus", "Go: fmt.Sprintf(\"%+v\", value) of a map[string]any", of(parsed, func(value any) ([]byte, error) { return []byte(fmt.Sprintf("%+v", value)), nil })},
	{"go.text.map.sharp", "Go: fmt.Sprintf(\"%#v\", value) of a map[string]any", of(parsed, func(value any) ([]byte, error) { return []byte(fmt.Sprintf("%#v", value)), nil })},
	{"go.text.struct.plus", "Go: fmt.Sprintf(\"%+v\", value) of a struct with a payload of map[string]any", func(body []byte) ([]byte, error) {
		var value loose
		if err := json.Unmarshal(body, &value); err != nil {
			return nil, err
		}
		return []byte(fmt.Sprintf("%+v", value)), nil
	}},
	{"go.text.bytes", "Go: fmt.Sprint of a []byte, or %v", func(body []byte) ([]byte, error) { return []byte(fmt.Sprint(body)), nil }},
	{"go.text.bytes.hex", "Go: fmt.Sprintf(\"%x\", body) of a []byte", func(body []byte) ([]byte, error) { return []byte(fmt.Sprintf("%x", body)), nil }},
	{"go.text.quoted", "Go: strconv.Quote(string(body)), or %q", func(body []byte) ([]byte, error) { return []byte(strconv.Quote(string(body))), nil }},
	{"go.text.quoted.ascii", "Go: strconv.QuoteToASCII(string(body)), or %+q", func(body []byte) ([]byte, error) { return []byte(strconv.QuoteToASCII(string(body))), nil }},
}

func main() {
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	fmt.Fprintf(out, "version\tgo\t%s\n", runtime.Version())
	for _, writer := range writers {
		fmt.Fprintf(out, "profile\t%s\t%s\n", writer.name, writer.sentence)
	}
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 1<<24)
	for number := 0; lines.Scan(); number++ {
		body, err := hex.DecodeString(lines.Text())
		if err != nil {
			panic(err)
		}
		for _, writer := range writers {
			text, err := writer.write(append([]byte(nil), body...))
			if err != nil {
				fmt.Fprintf(out, "failed\t%d\t%s\terror\n", number, writer.name)
			} else {
				fmt.Fprintf(out, "wrote\t%d\t%s\t%x\n", number, writer.name, text)
			}
		}
	}
}

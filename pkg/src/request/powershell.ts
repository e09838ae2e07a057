/**
 * Reads PowerShell: Invoke-WebRequest and Invoke-RestMethod, as browsers copy them
 * and as people write them, and curl. The rules are those of Microsoft's pages
 * about_Quoting_Rules, about_Special_Characters and about_Parsing.
 */

import { isJson } from "./compared.js";
import { curlRequest } from "./curl.js";
import { type Doubt, type PastedRequest, decoder } from "./findings.js";
import { recordRequest } from "./record.js";
import { UNKNOWN, Values, plus } from "./values.js";
import { MAX_WORDS, type Word, isCurl, plainWord } from "./words.js";

const CMDLET = /^(?:Invoke-(?:WebRequest|RestMethod)|i[rw][mr])$/i;
/** What tells the alias `curl` from the program. */
const PARAMETER = /\s-(?:Uri|Method|Headers|Body|ContentType|UseBasicParsing)\b/i;

/** The first request of a script; `undefined` if another program comes before it, or a text has no end. */
export function readPowerShell(text: string): PastedRequest | undefined {
  try {
    return script(new Values(text, 0, true));
  } catch {
    return undefined;
  }
}

function script(values: Values): PastedRequest | undefined {
  const { text, variables } = values;
  for (;;) {
    values.match(/(?:[\s;(&]|#.*)*/y);
    if (values.at >= text.length) {
      return undefined;
    }
    // `$table.Add("name", "value")`, `$table["name"] = "value"`
    const changed = values.match(/\$(\w+)(?:\.Add\(|\[(?=["'$]))/iy)?.[1]?.toLowerCase();
    if (changed !== undefined) {
      const name = values.sum();
      values.match(/\s*(?:,|\]\s*=)/y);
      const before = variables.get(changed);
      variables.set(changed, { ...(typeof before === "object" ? before : {}), [String(name)]: values.sum() });
      values.match(/.*/y);
      continue;
    }
    const [, target, sign] = values.match(/\$(?:\w+:)?(\w+)\s*([-+*]?)=\s*/y) ?? [];
    const from = values.at;
    const value = values.sum();
    const name = String(value);
    if (isCurl(name) && !PARAMETER.test(text.slice(values.at, values.at + 2000))) {
      return curl(values);
    }
    if (isCurl(name) || CMDLET.test(name)) {
      return cmdlet(values);
    }
    if (/^["'@$(]/.test(text.slice(from)) && values.match(/\s*\|\s*\S*curl\S*/y)) {
      return curl(values, typeof value === "string" ? plainWord(`${value}\r\n`) : undefined);
    }
    if (target === undefined && !/^[$[]|^[a-z]+-\w/i.test(text.slice(from, from + 30))) {
      return undefined;
    }
    // A command gives another value, and what is left of the line changes it.
    const isWhole =
      !/\S/.test(values.match(/(?:[^\n;"']+|"[^"]*"|'[^']*')*/y)?.[0] ?? "") && !/[A-Za-z]/.test(text[from] ?? "");
    if (target !== undefined) {
      const name = target.toLowerCase();
      const joined = sign === "+" ? plus(variables.get(name), value) : UNKNOWN;
      variables.set(name, !isWhole ? UNKNOWN : sign ? joined : value);
    }
  }
}

const BLANK = /(?:[ \t]|`\r?\n)*(?=[^\s;|)}&])/y;
const isCut = (text: string): boolean => /`\s*$/.test(text.slice(-10));

function cmdlet(values: Values): PastedRequest {
  const given: Record<string, unknown> = {};
  while (values.match(BLANK)) {
    const name = values.match(/-([A-Za-z]\w*):?(?:[ \t]|`\r?\n)*/y)?.[1];
    const splat = values.match(/@(\w+)/y)?.[1];
    if (splat !== undefined) {
      for (const [key, value] of Object.entries(values.variables.get(splat.toLowerCase()) ?? {})) {
        given[key.toLowerCase()] = value;
      }
    } else if (name === undefined || !values.match(/(?=-[A-Za-z]|[\s;|)}]|$)/y)) {
      const value = values.sum();
      // A member or a call changes it.
      const isWhole = !values.match(/[.[](?:[^\s"'()]+|\([^()]*\)|"[^"]*"|'[^']*')*/y);
      given[name?.toLowerCase() ?? "url"] = isWhole ? value : UNKNOWN;
    }
  }
  const request = recordRequest(given, "powershell");
  const doubts: Doubt[] = request.doubts.map((doubt) =>
    doubt === "body_missing" && "infile" in given ? "body_in_file" : doubt,
  );
  // Windows PowerShell sends a text without a charset as ISO-8859-1.
  if (request.payload.some((byte) => byte > 0x7f) && !values.isUtf8 && !/utf-?8/i.test(JSON.stringify(given))) {
    doubts.push("versions_differ");
  }
  if (isCut(values.text)) {
    doubts.push("cut_off");
  }
  return { ...request, doubts };
}

function curl(values: Values, input?: Word): PastedRequest | undefined {
  const words: Word[] = [];
  while (values.match(BLANK)) {
    let text = "";
    let expands = false;
    while (values.match(/(?=[^\s;|)}&]|&\d)(?!`\r?\n)/y)) {
      const from = values.at;
      const part = values.match(/&\d/y) ? "" : values.single();
      expands ||= typeof part !== "string" || (text === "" && /^\$\w+[.[]/.test(values.text.slice(from, from + 99)));
      text += typeof part === "string" ? part : "";
    }
    if (words.push(plainWord(text, expands)) > MAX_WORDS) {
      return undefined;
    }
  }
  const rest = { prefix: [], isOpen: false, isCut: isCut(values.text), input };
  const request = curlRequest({ words, ...rest });
  const body = decoder().decode(request?.payload);
  if (!request || !body.includes('"')) {
    return request;
  }
  // Before 7.3, PowerShell passed quotes as they are, and curl's C runtime removed
  // them: people wrote \" for them, which newer versions pass as two characters.
  const old = isJson(body)
    ? request
    : curlRequest({ ...rest, words: words.map((word) => plainWord(word.text.replaceAll('\\"', '"'), word.expands)) });
  return { ...(old ?? request), doubts: [...request.doubts, "versions_differ"] };
}

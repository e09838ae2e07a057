// JavaScript on Node: JSON.stringify, packages of npm, util.inspect, and the text of a value.
// The only argument is the folder of node_modules.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { inspect } from 'node:util'

const require = createRequire(`${process.argv[2]}/package.json`)
const stable = require('json-stable-stringify')
const stableFast = require('fast-json-stable-stringify')
const htmlescape = require('htmlescape')
const serialize = require('serialize-javascript')

const parse = (body) => JSON.parse(body.toString('utf8'))
const sorted = (value) =>
  Array.isArray(value)
    ? value.map(sorted)
    : value && typeof value === 'object'
      ? Object.fromEntries(
          Object.keys(value)
            .sort()
            .map((key) => [key, sorted(value[key])])
        )
      : value

const ascii = (text) => text.replace(/[\u007f-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)

const writers = {
  'js.stringify': ['JavaScript: JSON.stringify(value)', (b) => JSON.stringify(parse(b))],
  'js.stringify.2': ['JavaScript: JSON.stringify(value, null, 2)', (b) => JSON.stringify(parse(b), null, 2)],
  'js.stringify.4': ['JavaScript: JSON.stringify(value, null, 4)', (b) => JSON.stringify(parse(b), null, 4)],
  'js.stringify.1': ['JavaScript: JSON.stringify(value, null, 1)', (b) => JSON.stringify(parse(b), null, 1)],
  'js.stringify.tab': ["JavaScript: JSON.stringify(value, null, '\\t')", (b) => JSON.stringify(parse(b), null, '\t')],
  'js.stringify.line': ['JavaScript: console.log(JSON.stringify(value))', (b) => JSON.stringify(parse(b)) + '\n'],
  'js.stringify.2.line': ['JavaScript: JSON.stringify(value, null, 2) and a newline', (b) => JSON.stringify(parse(b), null, 2) + '\n'],
  'js.stringify.sorted': ['JavaScript: JSON.stringify of an object that was built from its sorted keys', (b) => JSON.stringify(sorted(parse(b)))],
  'js.stringify.sorted.2': ['JavaScript: JSON.stringify(value, null, 2) of an object that was built from its sorted keys', (b) => JSON.stringify(sorted(parse(b)), null, 2)],
  'js.stable': ['JavaScript: json-stable-stringify', (b) => stable(parse(b))],
  'js.stable.fast': ['JavaScript: fast-json-stable-stringify', (b) => stableFast(parse(b))],
  'js.html': ['JavaScript: htmlescape', (b) => htmlescape(parse(b))],
  'js.html.serialize': ['JavaScript: serialize-javascript', (b) => serialize(parse(b))],
  'js.html.serialize.json': ['JavaScript: serialize-javascript with isJSON', (b) => serialize(parse(b), { isJSON: true })],
  'js.ascii': ['JavaScript: JSON.stringify, with everything from U+007F on escaped', (b) => ascii(JSON.stringify(parse(b)))],
  'js.twice': ['JavaScript: JSON.stringify(JSON.stringify(value)), written twice', (b) => JSON.stringify(JSON.stringify(parse(b)))],
  'js.text.twice': ['JavaScript: JSON.stringify(body), where body is the text of the body', (b) => JSON.stringify(b.toString())],
  'js.text.object': ['JavaScript: String(value), the text of an object', (b) => String(parse(b))],
  'js.text.promise': ['JavaScript: String(request.text()), a promise that nobody awaited', (b) => String(new Request('http://localhost', { method: 'POST', body: b }).text())],
  'js.text.bytes': ['JavaScript: String(new Uint8Array(body))', (b) => String(new Uint8Array(b))],
  'js.text.arraybuffer': ['JavaScript: String(arrayBuffer)', (b) => String(new Uint8Array(b).buffer)],
  'js.text.stream': ['JavaScript: String(request.body), a ReadableStream', (b) => String(new Response(b).body)],
  'js.text.request': ['JavaScript: String(request)', (b) => String(new Request('http://localhost', { method: 'POST', body: b }))],
  'js.text.readable': ['JavaScript: String(stream), a Readable of Node', (b) => String(Readable.from([b]))],
  'js.text.blob': ['JavaScript: String(blob)', (b) => String(new Blob([b]))],
  'js.text.formdata': ['JavaScript: String(formData)', () => String(new FormData())],
  'js.text.params': ['JavaScript: String(new URLSearchParams(text)), a body that was read as a form', (b) => String(new URLSearchParams(b.toString()))],
  'js.text.undefined': ['JavaScript: String(undefined)', () => String(undefined)],
  'js.text.map': ['JavaScript: String(new Map())', (b) => String(new Map(Object.entries(parse(b))))],
  'js.stringify.buffer': ['JavaScript: JSON.stringify(buffer), a Buffer of Node', (b) => JSON.stringify(b)],
  'js.stringify.buffer.2': ['JavaScript: JSON.stringify(buffer, null, 2), a Buffer of Node', (b) => JSON.stringify(b, null, 2)],
  'js.stringify.bytes': ['JavaScript: JSON.stringify(new Uint8Array(body))', (b) => JSON.stringify(new Uint8Array(b))],
  'js.stringify.array': ['JavaScript: JSON.stringify(Array.from(body)), a list of bytes', (b) => JSON.stringify([...b])],
  'js.stringify.promise': ['JavaScript: JSON.stringify(promise) or of a Map, a stream or an ArrayBuffer', () => JSON.stringify(Promise.resolve())],
  'js.inspect': ['JavaScript: util.inspect(value), what console.log shows', (b) => inspect(parse(b))],
  'js.inspect.full': ['JavaScript: util.inspect(value, { depth: null })', (b) => inspect(parse(b), { depth: null })],
  'js.inspect.line': ['JavaScript: util.inspect(value, { depth: null, breakLength: Infinity })', (b) => inspect(parse(b), { depth: null, breakLength: Infinity })],
  'js.inspect.buffer': ['JavaScript: util.inspect(buffer), a Buffer of Node', (b) => inspect(b)],
  'js.inspect.bytes': ['JavaScript: util.inspect(new Uint8Array(body))', (b) => inspect(new Uint8Array(b))],
  'js.inspect.text': ['JavaScript: util.inspect(text)', (b) => inspect(b.toString())],
  'js.inspect.promise': ['JavaScript: util.inspect(promise), pending', () => inspect(new Promise(() => {}))],
  'js.template.list': ['JavaScript: String of a list of the values of an object', (b) => String(Object.values(parse(b)))],
  'js.encode': ['JavaScript: encodeURIComponent(text)', (b) => encodeURIComponent(b.toString())]
}

console.log(`version\tnode\t${process.versions.node}`)
console.log(`version\tnode v8\t${process.versions.v8}`)
for (const name of ['json-stable-stringify', 'fast-json-stable-stringify', 'htmlescape', 'serialize-javascript']) {
  const { version } = JSON.parse(readFileSync(`${process.argv[2]}/node_modules/${name}/package.json`, 'utf8'))
  console.log(`version\tnode ${name}\t${version}`)
}
for (const [name, [sentence]] of Object.entries(writers)) console.log(`profile\t${name}\t${sentence}`)
let number = 0
for await (const line of createInterface({ input: process.stdin })) {
  const body = Buffer.from(line.trim(), 'hex')
  for (const [name, [, write]] of Object.entries(writers)) {
    try {
      console.log(`wrote\t${number}\t${name}\t${Buffer.from(write(body), 'utf8').toString('hex')}`)
    } catch (error) {
      console.log(`failed\t${number}\t${name}\t${error.name}`)
    }
  }
  number += 1
}

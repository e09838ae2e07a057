// Runs writer.rb on a newer Ruby than the system's: one that was built to WebAssembly.
// Arguments: the folder of node_modules, the package with Ruby, the script.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const [, , folder, ruby, script] = process.argv
const require = createRequire(`${folder}/package.json`)
const { DefaultRubyVM } = require('@ruby/wasm-wasi/dist/node')
const module = await WebAssembly.compile(readFileSync(`${folder}/node_modules/${ruby}/dist/ruby+stdlib.wasm`))
const { vm } = await DefaultRubyVM(module)
vm.eval("require 'stringio'; $stdout.sync = true")
vm.eval(`$stdin = StringIO.new('${readFileSync(0, 'latin1').replaceAll("'", '')}')`)
vm.eval(readFileSync(script, 'utf8'))

// jq: the options of its command line. Without an argument it is the system's jq; with a
// folder of node_modules, a newer one that was built to WebAssembly. That build drops the
// newline at the end, which jq writes unless it joins its outputs.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const OPTIONS = {
  jq: [],
  'jq.compact': ['-c'],
  'jq.compact.sorted': ['-c', '-S'],
  'jq.compact.joined': ['-c', '-j'],
  'jq.sorted': ['-S'],
  'jq.tab': ['--tab'],
  'jq.ascii': ['-a'],
  'jq.compact.ascii': ['-c', '-a'],
  'jq.indent4': ['--indent', '4'],
  'jq.string': ['-c', 'tojson']
}

function native(input, filter, options) {
  const run = spawnSync('jq', [...options, filter], { input })
  if (run.status !== 0) throw new Error(run.stderr.toString())
  return run.stdout
}

function wasm(folder) {
  const require = createRequire(`${folder}/package.json`)
  return async (input, filter, options) => {
    try {
      const text = await require('jq-wasm').raw(input.toString(), filter, options)
      return Buffer.from(options.includes('-j') ? text : `${text}\n`)
    } catch (error) {
      // An instance that aborted is of no more use.
      for (const path of Object.keys(require.cache)) delete require.cache[path]
      throw error
    }
  }
}

const jq = process.argv[2] ? wasm(process.argv[2]) : native
console.log(`version\tjq\t${(await jq(Buffer.from('null'), '.', ['--version'])).toString().trim()}`)
for (const [name, options] of Object.entries(OPTIONS)) {
  const filter = options.includes('tojson') ? '' : ' .'
  console.log(`profile\t${name}\tjq: jq ${options.join(' ')}${filter}`.replace('  ', ' '))
}
const lines = readFileSync(0, 'latin1').trim().split('\n')
for (const [number, line] of lines.entries()) {
  const body = Buffer.from(line, 'hex')
  for (const [name, all] of Object.entries(OPTIONS)) {
    const options = all.filter((option) => option.startsWith('-') || option === '4')
    const filter = all.includes('tojson') ? 'tojson' : '.'
    try {
      console.log(`wrote\t${number}\t${name}\t${(await jq(body, filter, options)).toString('hex')}`)
    } catch {
      console.log(`failed\t${number}\t${name}\terror`)
    }
  }
}

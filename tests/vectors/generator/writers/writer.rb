# Ruby: json, ActiveSupport, Oj, and the text of a value.

require 'json'
require 'pp'
require 'stringio'

# A Ruby without gems runs what it has.
def try_require(*names)
  names.each { |name| require name }
  true
rescue LoadError
  false
end

HAS_DECIMAL = try_require('bigdecimal')
HAS_OJ = try_require('oj')

def puts_text(value)
  out = StringIO.new
  out.puts(value)
  out.string
end

# Ruby's own to_json, before ActiveSupport puts another in its place.
PLAIN = {
  'ruby.generate' => ['Ruby: JSON.generate(value), or value.to_json', ->(body) { JSON.generate(JSON.parse(body)) }],
  'ruby.to_json' => ['Ruby: value.to_json', ->(body) { JSON.parse(body).to_json }],
  'ruby.puts' => ['Ruby: puts value.to_json', ->(body) { puts_text(JSON.parse(body).to_json) }],
  'ruby.pretty' => ['Ruby: JSON.pretty_generate(value)', ->(body) { JSON.pretty_generate(JSON.parse(body)) }],
  'ruby.ascii' => ['Ruby: JSON.generate(value, ascii_only: true)', ->(body) { JSON.generate(JSON.parse(body), ascii_only: true) }],
  'ruby.script_safe' => ['Ruby: JSON.generate(value, script_safe: true), which json before 2.7 does not know', ->(body) { JSON.generate(JSON.parse(body), script_safe: true) }],
  'ruby.escape_slash' => ['Ruby: JSON.generate(value, escape_slash: true)', ->(body) { JSON.generate(JSON.parse(body), escape_slash: true) }],
  'ruby.sorted' => ['Ruby: JSON.generate of a Hash that was sorted at every level', ->(body) { JSON.generate(sorted(JSON.parse(body))) }],
  'ruby.spaces' => ["Ruby: JSON.generate(value, space: ' ')", ->(body) { JSON.generate(JSON.parse(body), space: ' ') }],
  'ruby.bigdecimal' => [
    'Ruby: JSON.generate(JSON.parse(body, decimal_class: BigDecimal))',
    ->(body) { JSON.generate(JSON.parse(body, decimal_class: BigDecimal)) }
  ],
  'ruby.twice' => ['Ruby: JSON.generate(body), where body is the text of the body', ->(body) { JSON.generate(body) }],
  'ruby.oj.compat' => ['Ruby: Oj.dump(value, mode: :compat)', ->(body) { Oj.dump(Oj.load(body, mode: :compat), mode: :compat) }],
  'ruby.oj.rails' => ['Ruby: Oj.dump(value, mode: :rails)', ->(body) { Oj.dump(Oj.load(body, mode: :compat), mode: :rails) }],
  'ruby.oj.object' => ['Ruby: Oj.dump(value), the default mode', ->(body) { Oj.dump(Oj.load(body, mode: :compat)) }],
  'ruby.oj.indent2' => ['Ruby: Oj.dump(value, mode: :compat, indent: 2)', ->(body) { Oj.dump(Oj.load(body, mode: :compat), mode: :compat, indent: 2) }],
  'ruby.oj.ascii' => ['Ruby: Oj.dump(value, mode: :compat, escape_mode: :ascii)', ->(body) { Oj.dump(Oj.load(body, mode: :compat), mode: :compat, escape_mode: :ascii) }],
  'ruby.oj.xss' => ['Ruby: Oj.dump(value, mode: :compat, escape_mode: :xss_safe)', ->(body) { Oj.dump(Oj.load(body, mode: :compat), mode: :compat, escape_mode: :xss_safe) }],
  'ruby.text.inspect' => ['Ruby: value.inspect or value.to_s, the text of a Hash', ->(body) { JSON.parse(body).inspect }],
  'ruby.text.symbols' => [
    'Ruby: JSON.parse(body, symbolize_names: true).to_s',
    ->(body) { JSON.parse(body, symbolize_names: true).to_s }
  ],
  'ruby.text.pp' => ['Ruby: pp value', ->(body) { JSON.parse(body).pretty_inspect }],
  'ruby.text.inspect.body' => ['Ruby: body.inspect, the text in quotes', ->(body) { body.inspect }],
  'ruby.text.inspect.binary' => ['Ruby: body.b.inspect, the bytes in quotes', ->(body) { body.b.inspect }],
  'ruby.text.bytes' => ['Ruby: body.bytes.to_s, the text of a list of bytes', ->(body) { body.bytes.to_s }],
  'ruby.text.stringio' => ['Ruby: the text of request.body, a StringIO', ->(body) { StringIO.new(body).to_s.sub(/0x\h+/, '0x') }]
}.freeze

RAILS = {
  'ruby.rails' => ['Ruby on Rails: value.to_json (ActiveSupport)', ->(body) { JSON.parse(body).to_json }],
  'ruby.rails.generate' => ['Ruby on Rails: JSON.generate(value) with ActiveSupport loaded', ->(body) { JSON.generate(JSON.parse(body)) }],
  'ruby.rails.pretty' => ['Ruby on Rails: JSON.pretty_generate(value) with ActiveSupport loaded', ->(body) { JSON.pretty_generate(JSON.parse(body)) }],
  'ruby.rails.no_html' => [
    'Ruby on Rails: value.to_json with escape_html_entities_in_json = false',
    lambda do |body|
      ActiveSupport.escape_html_entities_in_json = false
      JSON.parse(body).to_json
    ensure
      ActiveSupport.escape_html_entities_in_json = true
    end
  ],
  'ruby.rails.query' => ['Ruby on Rails: value.to_query', ->(body) { JSON.parse(body).to_query }]
}.freeze

def sorted(value)
  case value
  when Hash then value.sort.to_h { |key, item| [key, sorted(item)] }
  when Array then value.map { |item| sorted(item) }
  else value
  end
end

def run(writers, bodies)
  bodies.each_with_index do |body, number|
    writers.each do |name, (_, write)|
      text = write.call(body.dup)
      puts "wrote\t#{number}\t#{name}\t#{text.b.unpack1('H*')}"
    rescue StandardError => e
      puts "failed\t#{number}\t#{name}\t#{e.class}"
    end
  end
end

bodies = $stdin.each_line.map { |line| [line.strip].pack('H*').force_encoding('UTF-8') }
plain = PLAIN.reject do |name, _|
  (name.start_with?('ruby.oj') && !HAS_OJ) || (name == 'ruby.bigdecimal' && !HAS_DECIMAL)
end
puts "version\truby\t#{RUBY_VERSION}"
puts "version\truby json\t#{JSON::VERSION}"
puts "version\truby oj\t#{Oj::VERSION}" if HAS_OJ
plain.each { |name, (sentence, _)| puts "profile\t#{name}\t#{sentence}" }
run(plain, bodies)
if try_require('active_support', 'active_support/json', 'active_support/core_ext/object/to_query')
  puts "version\truby activesupport\t#{ActiveSupport::VERSION::STRING}"
  RAILS.each { |name, (sentence, _)| puts "profile\t#{name}\t#{sentence}" }
  run(RAILS, bodies)
end
